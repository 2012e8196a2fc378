// Runs a command and says what it took: wall-clock nanoseconds, peak memory in bytes, processor nanoseconds and the
// exit status (128 + signal when it was killed).
//
//   timed LIMIT LOG COMMAND [ARGUMENT...]
//
// A program of its own since a process inherits the peak memory of the one that started it, which is larger in a
// Python process than what is measured. LIMIT is in seconds; the command's process group is killed after it. The
// command's output goes to the file LOG.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;

static void kill_group(int signal) {
    (void)signal;
    if (child > 0) kill(-child, SIGKILL);
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long nanoseconds(struct timeval time) {
    return time.tv_sec * 1000000000LL + time.tv_usec * 1000LL;
}

int main(int count, char **arguments) {
    if (count < 4) {
        fprintf(stderr, "usage: timed LIMIT LOG COMMAND [ARGUMENT...]\n");
        return 2;
    }
    int log = open(arguments[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (log < 0 || nothing < 0) {
        perror(arguments[2]);
        return 2;
    }
    signal(SIGALRM, kill_group);
    signal(SIGTERM, kill_group);
    signal(SIGINT, kill_group);

    long long start = now();
    child = fork();
    if (child < 0) {
        perror("fork");
        return 2;
    }
    if (child == 0) {
        setpgid(0, 0);
        dup2(nothing, 0);
        dup2(log, 1);
        dup2(log, 2);
        execvp(arguments[3], arguments + 3);
        perror(arguments[3]);
        _exit(127);
    }
    setpgid(child, child);
    alarm((unsigned)atoi(arguments[1]));

    int status;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0) {}
    long long taken = now() - start;
    printf("%lld %lld %lld %d\n", taken, usage.ru_maxrss * 1024LL,
           nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime),
           WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    return 0;
}
