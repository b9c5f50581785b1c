import DubanAPI

/// The first sentence of a message: what happened that it is sent.
struct MailOpening {
    let input: DeliverInput
    let rendering: Rendering

    /// The sentence in the reader's language.
    var text: String {
        let number = DutyNumber.text(input.duty.number)
        switch input.matter {
        case .reminder:
            return rendering.pick("\(number) will soon be due.", "\(number) 即将到期，请按期办结。")
        case .overdue:
            return rendering.pick("\(number) is overdue.", "\(number) 已经逾期，请尽快办结。")
        case .opened:
            return opened(number)
        case .returned:
            return rendering.pick(
                "\(number) was returned to you with a new due date.",
                "\(number) 已退回，请按新期限重新办理。"
            )
        case .urged:
            return rendering.pick(
                "your superior urges you to settle \(number).",
                "上级催办 \(number)，请立即办理。"
            )
        case .unattended:
            return rendering.pick(
                "\(number) is overdue and nobody is above to act. It stays open until somebody acts.",
                "\(number) 已经逾期，上面再无上级督办，将保持未结，直至有人处理。"
            )
        case .singleSignature:
            return rendering.pick(
                "\(number) was signed by one person alone, since no second senior exists.",
                "\(number) 因无第二位上级，由一人单独签署，特此告知。"
            )
        case .quarantined:
            return rendering.pick(
                "the check of \(number) could not be performed, however often it was tried.",
                "\(number) 的督查程序多次尝试均未能完成，请处理。"
            )
        }
    }

    private func opened(_ number: String) -> String {
        let subject = input.duty.subject.map(DutyNumber.text) ?? number
        switch input.duty.kind {
        case .review:
            return rendering.pick(
                "\(subject) was submitted and waits for your review.",
                "\(subject) 已提交，请您审核。"
            )
        case .supervise:
            return rendering.pick(
                "\(subject) is overdue and you are asked to act.",
                "\(subject) 逾期未办结，请您督办。"
            )
        case .rectify:
            return rendering.pick(
                "a finding is to be put right: \(number).",
                "督查发现问题，请限期整改：\(number)。"
            )
        case .account, .inspect:
            return rendering.pick("\(number) is owed by you.", "\(number) 请您办理。")
        }
    }
}
