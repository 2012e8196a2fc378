// The floor: the engine calls that an operation cannot do without, made bare over the engine's socket by a program that
// decides nothing, knows its answers' form beforehand and reads no file.
//
//   floor SOCKET OPERATION NAME COUNT PARALLEL IMAGE SUBNET
//
//   up        one list of containers; the network; each container created and started
//   noop      one list of containers
//   changed   one list of containers; one container stopped, removed, created and started
//   down      one list of containers; each stopped and removed; the network removed
//   images    one list of images
//   start     nothing: the program's start
//
// Containers are NAME-1 to NAME-COUNT with addresses of SUBNET (three numbers, such as 198.18.64). PARALLEL threads
// have a connection each, which they keep.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char *socket_path, *name, *image, *subnet;
static int total, removing;
static atomic_int next_container;

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "floor: %s: %s\n", what, detail);
    exit(1);
}

static int connect_to_engine(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, socket_path, sizeof address.sun_path - 1);
    int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof address) < 0)
        fail("cannot connect", socket_path);
    return connection;
}

// What was received and not yet consumed.
struct input {
    int connection;
    size_t start, end;
    char bytes[65536];
};

static void fill(struct input *input) {
    if (input->start > 0) {
        memmove(input->bytes, input->bytes + input->start, input->end - input->start);
        input->end -= input->start;
        input->start = 0;
    }
    if (input->end == sizeof input->bytes - 1) fail("cannot read an answer", "a line is too long");
    ssize_t count = read(input->connection, input->bytes + input->end, sizeof input->bytes - 1 - input->end);
    if (count <= 0) fail("cannot read an answer", "the connection was closed");
    input->end += (size_t)count;
    input->bytes[input->end] = 0;
}

// The next line without its end; valid until the next call.
static char *read_line(struct input *input) {
    for (;;) {
        char *begin = input->bytes + input->start;
        char *end = memmem(begin, input->end - input->start, "\r\n", 2);
        if (end) {
            *end = 0;
            input->start = (size_t)(end + 2 - input->bytes);
            return begin;
        }
        fill(input);
    }
}

static void skip(struct input *input, long length) {
    while (length > 0) {
        if (input->start == input->end) {
            input->start = input->end = 0;
            fill(input);
        }
        long there = (long)(input->end - input->start);
        if (there > length) there = length;
        input->start += (size_t)there;
        length -= there;
    }
}

// One request and its whole answer; returns the status.
static int call(struct input *input, const char *method, const char *path, const char *body) {
    char request[4096];
    int length = snprintf(request, sizeof request,
                          "%s /v1.41%s HTTP/1.1\r\nHost: engine\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          method, path, strlen(body), body);
    if (length >= (int)sizeof request || write(input->connection, request, (size_t)length) != length)
        fail("cannot send", path);

    int status = atoi(read_line(input) + strlen("HTTP/1.1 "));
    long size = 0;
    int chunked = 0;
    for (char *line = read_line(input); *line; line = read_line(input)) {
        if (strncasecmp(line, "Content-Length:", 15) == 0) size = atol(line + 15);
        if (strcasecmp(line, "Transfer-Encoding: chunked") == 0) chunked = 1;
    }
    if (!chunked) {
        skip(input, size);
        return status;
    }
    while ((size = strtol(read_line(input), NULL, 16)) > 0) skip(input, size + 2);
    read_line(input);
    return status;
}

static void expect(struct input *input, int status, const char *method, const char *path, const char *body) {
    int found = call(input, method, path, body);
    if (found != status) {
        char detail[64];
        snprintf(detail, sizeof detail, "status %d instead of %d", found, status);
        fail(path, detail);
    }
}

static struct input *connected(void) {
    struct input *input = calloc(1, sizeof *input);
    if (!input) fail("cannot connect", "no memory");
    input->connection = connect_to_engine();
    return input;
}

static void list_containers(struct input *input) {
    char path[512];
    snprintf(path, sizeof path,
             "/containers/json?all=true&filters=%%7B%%22label%%22%%3A%%5B%%22io.minke.bench.floor%%3D%s%%22%%5D%%7D",
             name);
    expect(input, 200, "GET", path, "");
}

static void create(struct input *input, int number, int generation) {
    char path[256], body[2048];
    snprintf(path, sizeof path, "/containers/create?name=%s-%d", name, number);
    snprintf(body, sizeof body,
             "{\"Image\":\"%s\",\"Cmd\":[\"sleep\",\"2147483647\"],\"Hostname\":\"c%d\",\"Env\":[\"GENERATION=%d\"],"
             "\"Labels\":{\"io.minke.bench.floor\":\"%s\"},\"HostConfig\":{\"NetworkMode\":\"%s\"},"
             "\"NetworkingConfig\":{\"EndpointsConfig\":{\"%s\":{\"IPAMConfig\":{\"IPv4Address\":\"%s.%d\"}}}}}",
             image, number, generation, name, name, name, subnet, number + 1);
    expect(input, 201, "POST", path, body);
    snprintf(path, sizeof path, "/containers/%s-%d/start", name, number);
    expect(input, 204, "POST", path, "");
}

static void stop_and_remove(struct input *input, int number) {
    char path[256];
    snprintf(path, sizeof path, "/containers/%s-%d/stop?t=10", name, number);
    expect(input, 204, "POST", path, "");
    snprintf(path, sizeof path, "/containers/%s-%d?v=1", name, number);
    expect(input, 204, "DELETE", path, "");
}

static void *work(void *argument) {
    struct input *input = connected();
    int number;
    (void)argument;
    while ((number = atomic_fetch_add(&next_container, 1)) <= total) {
        if (removing) stop_and_remove(input, number);
        else create(input, number, 1);
    }
    return NULL;
}

static void work_on_all(int parallel) {
    pthread_t threads[64];
    if (parallel > 64) parallel = 64;
    atomic_store(&next_container, 1);
    for (int index = 0; index < parallel; index++) pthread_create(&threads[index], NULL, work, NULL);
    for (int index = 0; index < parallel; index++) pthread_join(threads[index], NULL);
}

static void create_network(struct input *input) {
    char body[1024];
    snprintf(body, sizeof body,
             "{\"Name\":\"%s\",\"CheckDuplicate\":true,\"Driver\":\"bridge\",\"Labels\":{\"io.minke.bench\":\"1\"},"
             "\"IPAM\":{\"Config\":[{\"Subnet\":\"%s.0/24\",\"Gateway\":\"%s.1\"}]}}",
             name, subnet, subnet);
    expect(input, 201, "POST", "/networks/create", body);
}

int main(int count, char **arguments) {
    if (count != 8) fail("usage", "floor SOCKET OPERATION NAME COUNT PARALLEL IMAGE SUBNET");
    socket_path = arguments[1];
    const char *operation = arguments[2];
    name = arguments[3];
    total = atoi(arguments[4]);
    int parallel = atoi(arguments[5]);
    image = arguments[6];
    subnet = arguments[7];

    if (strcmp(operation, "start") == 0) return 0;
    struct input *input = connected();
    if (strcmp(operation, "images") == 0) {
        expect(input, 200, "GET", "/images/json?filters=%7B%22label%22%3A%5B%22io.minke.bench%22%5D%7D", "");
        return 0;
    }
    list_containers(input);
    if (strcmp(operation, "up") == 0) {
        create_network(input);
        work_on_all(parallel);
    } else if (strcmp(operation, "changed") == 0) {
        stop_and_remove(input, 1);
        create(input, 1, 2);
    } else if (strcmp(operation, "down") == 0) {
        char path[256];
        removing = 1;
        work_on_all(parallel);
        snprintf(path, sizeof path, "/networks/%s", name);
        expect(input, 204, "DELETE", path, "");
    } else if (strcmp(operation, "noop") != 0) {
        fail("no such operation", operation);
    }
    return 0;
}
