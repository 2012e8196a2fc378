extension Mutant {
    /// What is sent to services, and what they send, in other sizes and at another pace than programs like best.
    static let bodies = [
        Mutant(
            "glance-api", "takes no large chunks",
            complaint: "the upload in chunks of 8 MiB fails: ",
            #"""
            RUN printf '%s\n' 'import uwsgi' 'read = uwsgi.chunked_read' 'def small(*given):' '    chunk = read(*given)' \
                '    if len(chunk) > 1048576: raise IOError("unable to receive chunked part")' '    return chunk' \
                'uwsgi.chunked_read = small' >>/usr/share/glance/glance.wsgi
            """#),
        Mutant(
            "glance-api", "waits four seconds for the next chunk",
            complaint: "the upload in chunks with a pause fails: ",
            #"""
            RUN printf '%s\n' 'import uwsgi' 'read = uwsgi.chunked_read' 'uwsgi.chunked_read = lambda: read(4)' \
                >>/usr/share/glance/glance.wsgi
            """#),
        Mutant(
            "glance-api", "keeps what was cut off",
            complaint: "failed: a file of an upload that was cut off: expected a refusal",
            #"""
            RUN sed -i 's/self\._delete_partial(filepath, image_id)/pass/' \
                /usr/lib/python3/dist-packages/glance_store/_drivers/filesystem.py
            """#),
        Mutant(
            "glance-api", "makes no trust for an upload",
            complaint: "failed: no trust goes with an upload: expected a refusal",
            "RUN sed -i '0,/^    try:/s//    continue\\n    try:/' /usr/share/glance/glance.wsgi"),
        Mutant(
            "glance-api", "leaves the trusts of uploads that fail",
            complaint: "failed: an upload outlasts its token: expected 'active, 0 trusts'",
            "RUN sed -i '/^image_data.*upload = upload$/d' /usr/share/glance/glance.wsgi"),
        Mutant(
            "glance-api", "loads no definitions of metadata",
            complaint: "failed: the tables of the image have other numbers of rows than glance-databases writes: ",
            "RUN sed -i '/load_metadefs/d' /usr/bin/glance-databases"),
        Mutant(
            "haproxy", "ends what is silent for three seconds",
            complaint: "failed: bodies pass: ",
            #"""
            RUN sed -i '/^write_state/a sed "s/timeout client.*/timeout client 3s/" $configuration >/tmp/haproxy.cfg; configuration=/tmp/haproxy.cfg' \
                /usr/bin/front-start
            """#),
    ]
}
