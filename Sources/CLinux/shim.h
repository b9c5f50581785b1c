/* What the Glibc module of the toolchain leaves out: descriptors that a poll(2) can wait for. */
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
