// What Systemd uses of libsystemd. Swift imports no C variadics: sd_journal_sendv, not sd_journal_send.
#pragma once
#include <sys/uio.h>
#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>
