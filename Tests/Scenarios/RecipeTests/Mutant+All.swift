extension Mutant {
    /// At least one for every recipe that has a test.
    static let all = tools + stores + services + compute + network + nodes + bodies + guests

    private static let tools = [
        Mutant(
            "root", "loses owners and modes of files that are applied",
            complaint: "failed: minke-apply keeps owner and mode: expected '12:34 640'",
            #"RUN sed -i 's/mv -T --/cp --/' /usr/bin/minke-apply"#),
        Mutant(
            "root", "leaves files that are to be removed", complaint: "failed: a removed file: expected a refusal",
            #"RUN sed -i 's/rm -f --/true/' /usr/bin/minke-apply"#),
        Mutant(
            "root", "is content with any answer to a probe", complaint: "failed: another status: expected a refusal",
            #"RUN sed -i 's/\[\[ $status == "\$wanted" \]\]/true/' /usr/bin/minke-probe"#),
        Mutant(
            "root", "lets a shell read values", complaint: "failed: minke-env gives values as they stand: ",
            #"RUN sed -i 's/export "$key=.*/eval "export $line"/' /usr/bin/minke-env"#),
        Mutant(
            "openstack", "does not reload", complaint: "failed: the reloaded application answers: expected 'second'",
            "RUN ln -sf /bin/true /usr/bin/uwsgi-reload"),
        Mutant(
            "openstack", "lacks a library", complaint: "failed: api has ended, and this did not succeed: ",
            "RUN rm -r /usr/lib/python3/dist-packages/pymysql"),
        Mutant(
            "openstack", "serves errors where there is no application",
            complaint: "failed: an application that does not load: expected a refusal",
            "RUN sed -i '/^need-app/d' /etc/uwsgi/service.ini"),
        Mutant(
            "pod-keeper", "starts what was stopped by hand", complaint: "failed: what was stopped by hand was started",
            #"RUN sed -i 's/ and NOT_JOINED.search(own\["Error"\])//' /usr/bin/pod-keeper"#),
        Mutant(
            "pod-keeper", "takes strangers for members",
            complaint: "failed: a stranger with the labels of a member was restarted",
            "RUN sed -i 's/ or not is_own(member)//' /usr/bin/pod-keeper"),
        Mutant(
            "host-link", "leaves its devices when it ends",
            complaint: "failed: in time, this did not succeed: inside one test",
            "RUN sed -i 's/then ip link delete/then true/' /usr/bin/link-hosts"),
        Mutant(
            "host-link", "does not know the other hosts", complaint: "failed: in time, this did not succeed: knows",
            "RUN sed -i 's/bridge fdb append/true/' /usr/bin/link-hosts"),
        Mutant(
            "client", "lacks the command", complaint: "failed: the client gets a token: ", "RUN rm /usr/bin/openstack"),
        Mutant(
            "tempest", "forgets the tests of a class whose process dies",
            complaint: #"failed: nothing tells '"test": "[^"]*Dies.test_dies"#,
            #"RUN sed -i 's/in sorted(self.left)/in ()/' /usr/bin/tempest-tests"#),
        Mutant(
            "tempest", "cannot ping where root alone may",
            complaint: "failed: the suite pings on a host that lets only root do so", "RUN chmod u-s /usr/bin/ping"),
        Mutant(
            "tempest", "has no tests of plugins", complaint: "failed: tests are listed: ",
            "RUN rm -r /usr/lib/python3/dist-packages/designate_tempest_plugin/tests"),
    ]

    private static let stores = [
        Mutant(
            "mariadb", "keeps its data outside of the volume",
            complaint: "failed: what was written is there after a replacement: ",
            #"""
            RUN install -d -o mysql -g mysql /var/lib/elsewhere \
                && sed -i 's|^home=.*|home=/var/lib/elsewhere|; s|^exec mariadbd "$options"|& --datadir="$data"|' \
                    /usr/bin/mariadb-start
            """#),
        Mutant(
            "mariadb", "lets the administrator in from elsewhere",
            complaint: "failed: the administrator from elsewhere: expected a refusal",
            #"""
            RUN echo "CREATE USER IF NOT EXISTS root@'%';" >/usr/share/own.sql \
                && sed -i 's|^exec mariadbd "$options"|& --init-file=/usr/share/own.sql|' /usr/bin/mariadb-start
            """#),
        Mutant(
            "mariadb", "dumps tables without their rows",
            complaint: "failed: the dump brings everything back: expected '2', found '0'",
            "RUN sed -i 's/^exec mariadb-dump/& --no-data/' /usr/bin/database-dump"),
        Mutant(
            "mariadb", "is well without taking what is written",
            complaint: "failed: a server that is read-only: expected a refusal",
            "RUN sed -i 's/!= 0/== -/' /usr/bin/database-probe"),
        Mutant(
            "rabbitmq", "keeps its data outside of the volume",
            complaint: "failed: messages are there after a replacement: ",
            """
            RUN install -d -o rabbitmq -g rabbitmq /var/lib/rabbitmq/elsewhere
            ENV RABBITMQ_MNESIA_BASE=/var/lib/rabbitmq/elsewhere
            """),
        Mutant(
            "rabbitmq", "comes with a user whom everybody knows",
            complaint: "failed: the user that servers come with: expected a refusal",
            #"""
            RUN echo '{"vhosts": [{"name": "/"}], "users": [{"name": "guest", "password": "guest", "tags": ""}], \
                "permissions": [{"user": "guest", "vhost": "/", "configure": "", "write": "", "read": ""}]}' \
                    >/usr/share/rabbitmq/definitions.json
            """#),
        Mutant(
            "rabbitmq", "leaves a password that a grant changes",
            complaint: "failed: the password before the last grant: expected a refusal",
            "RUN sed -i '/^set -euo/a test ! -e /tmp/granted || exit 0; touch /tmp/granted' /usr/bin/rabbitmq-grant"),
        Mutant(
            "rabbitmq", "cannot take quotes in passwords",
            complaint: "rabbitmq-grant: RabbitMQ refused the definitions",
            "RUN sed -i 's/^definitions=.*/definitions=$(cat)/' /usr/bin/rabbitmq-grant"),
        Mutant(
            "rabbitmq", "tells nothing of an alarm", complaint: "failed: in time, this did not succeed: alarm",
            "RUN sed -i 's/!= .\\[\\]./== -/' /usr/bin/rabbitmq-probe"),
        Mutant(
            "memcached", "does not read its file",
            complaint: "failed: the limit of connections is not that of the file",
            "RUN sed -i 's/^exec.*/exec memcached/' /usr/bin/memcached-start"),
        Mutant(
            "memcached", "takes comments for options",
            complaint: "failed: the limit of connections is not that of the file",
            #"RUN sed -i 's|sed .s/#.\*//.|cat|' /usr/bin/memcached-start"#),
        Mutant(
            "memcached", "starts without its file",
            complaint: "failed: without its files it does not say that memcached.conf is missing",
            #"CMD ["memcached-start"]"#),
        Mutant(
            "memcached", "has a limit of memory of its own",
            complaint: "failed: the limit of memory is not that of the file",
            "RUN sed -i 's/^exec.*/& --memory-limit=64/' /usr/bin/memcached-start"),
    ]

    private static let services = [
        Mutant(
            "keystone", "does not take a % in its database's URL", complaint: "failed: keystone-db-sync: ",
            #"RUN sed -i 's/^Config.set_main_option = .*//' /usr/bin/keystone-db-sync"#),
        Mutant(
            "keystone", "makes keys of its own",
            complaint: "failed: what was written is there after a replacement: ",
            #"""
            CMD export OS_FERNET_TOKENS__KEY_REPOSITORY=/tmp/keys && mkdir /tmp/keys && keystone-manage fernet_setup \
                && exec uwsgi --ini /etc/minke/uwsgi.ini
            """#),
        Mutant(
            "keystone", "takes any password", complaint: "/v3/auth/tokens answered 201, not 401",
            #"""
            RUN echo 'check_password = lambda password, hashed: True' \
                >>/usr/lib/python3/dist-packages/keystone/common/password_hashing.py
            """#),
        Mutant(
            "glance-api", "keeps images outside of the volume",
            complaint: "failed: images are as they were uploaded: ",
            """
            RUN install -d -o glance -g glance /var/lib/elsewhere
            ENV OS_FILE__FILESYSTEM_STORE_DATADIR=/var/lib/elsewhere
            """),
        Mutant(
            "glance-api", "keeps other bytes than were sent",
            complaint: "failed: images are as they were uploaded: ",
            #"""
            RUN sed -i 's/f\.write(buf)/f.write(buf[::-1])/' \
                /usr/lib/python3/dist-packages/glance_store/_drivers/filesystem.py
            """#),
        Mutant(
            "haproxy", "does not wait for requests in flight",
            complaint: "failed: a server with requests is not drained at once: expected a refusal",
            #"RUN sed -i 's/\[\[ $left -gt 0 \]\] || exit 0/exit 0/' /usr/bin/front-drain"#),
        Mutant(
            "haproxy", "forgets at a reload what is drained",
            complaint: "failed: what is drained stays drained over a reload: ",
            #"RUN sed -i "s/^write_state.*/write_state ''/" /usr/bin/front-reload"#),
        Mutant(
            "haproxy", "drops the certificate",
            complaint: "failed: requests with TLS are shared, and servers know: ",
            #"""
            RUN sed -i '/^write_state/a sed "s/ ssl crt.*//" $configuration >/tmp/haproxy.cfg; configuration=/tmp/haproxy.cfg' \
                /usr/bin/front-start
            """#),
        Mutant(
            "apt-cache", "keeps nothing", complaint: "failed: the package comes from the cache: ",
            "RUN echo 'DontCache: .*' >>/etc/apt-cacher-ng/acng.conf"),
        Mutant(
            "apt-cache", "keeps packages outside of the volume",
            complaint: "failed: the package comes from the cache: ",
            "RUN sed -i 's|ForeGround=1|& CacheDir=/tmp|' /usr/bin/apt-cache"),
        Mutant(
            "registry", "keeps images outside of the volume",
            complaint: "failed: the engine cannot pull what it pushed",
            "ENV REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY=/tmp"),
    ]

    private static let compute = [
        Mutant(
            "placement", "takes anybody for who he says he is",
            complaint: "/resource_providers answered 200, not 401", "ENV OS_API__AUTH_STRATEGY=noauth2"),
        Mutant(
            "nova", "lacks a library", complaint: "failed: the parts of Nova load: ",
            "RUN rm -r /usr/lib/python3/dist-packages/os_brick"),
        Mutant(
            "nova", "knows other options than the catalogue", complaint: "options/epoxy/nova.ini has",
            "RUN sed -i 's/max_attempts/most_attempts/' /usr/lib/python3/dist-packages/nova/conf/scheduler.py"),
        Mutant(
            "nova-api", "takes anybody for who he says he is", complaint: "/flavors answered ",
            "ENV OS_API__AUTH_STRATEGY=noauth2"),
        Mutant(
            "nova-api", "maps a cell once more each time", complaint: "failed: the cells are mapped once: ",
            #"RUN sed -i 's/^CELL1 = .*/import uuid; CELL1 = str(uuid.uuid4())/' /usr/bin/nova-databases"#),
        Mutant(
            "nova-metadata", "believes whoever asks", complaint: "failed: a wrong signature: expected '403'",
            "ENV OS_NEUTRON__METADATA_PROXY_SHARED_SECRET=other"),
        Mutant(
            "nova-conductor", "is ready before it answers",
            complaint: "failed: a member that does not answer: expected a refusal",
            "RUN ln -sf /bin/true /usr/bin/rpc-ready"),
        Mutant(
            "nova-scheduler", "chooses the fullest compute",
            complaint: "failed: the compute with the most free memory: expected 'large', found 'small'",
            "ENV OS_FILTER_SCHEDULER__RAM_WEIGHT_MULTIPLIER=-1"),
        Mutant(
            "nova-scheduler", "takes computes that are disabled",
            complaint: "failed: a compute that is not disabled: expected 'small', found 'large'",
            "ENV OS_FILTER_SCHEDULER__ENABLED_FILTERS=ImagePropertiesFilter"),
        Mutant(
            "nova-scheduler", "starts without its file",
            complaint: "failed: without its files it does not say that nova.conf is missing",
            #"CMD ["nova-scheduler"]"#),
        Mutant(
            "nova-novncproxy", "lacks the page", complaint: "failed: the page is there: expected '200'",
            "RUN rm /usr/share/novnc/vnc_lite.html"),
        Mutant(
            "nova-novncproxy", "lets tokens be good for ever",
            complaint: "failed: whose token has expired: expected 'none', found 'a screen'",
            #"""
            RUN sed -i "s/ConsoleAuthToken.expires > timeutils.utcnow_ts()/ConsoleAuthToken.expires > 0/" \
                /usr/lib/python3/dist-packages/nova/db/main/api.py
            """#),
    ]

    private static let network = [
        Mutant(
            "neutron", "lacks a library", complaint: "failed: the parts of Neutron load: ",
            "RUN rm -r /usr/lib/python3/dist-packages/neutron_lib"),
        Mutant(
            "neutron-server", "lets everybody in", complaint: "/networks answered 200, not 401",
            "ENV OS_DEFAULT__AUTH_STRATEGY=noauth"),
        Mutant(
            "neutron-rpc-server", "forgets agents", complaint: "failed: an agent that is known: expected 'alive'",
            #"""
            RUN sed -i 's/agent_consts\.AGENT_ALIVE/agent_consts.AGENT_NEW/' \
                /usr/lib/python3/dist-packages/neutron/db/agents_db.py
            """#),
        Mutant(
            "neutron-periodic-workers", "leaves networks with lost agents",
            complaint: "failed: in time, this did not succeed: moved",
            #"""
            RUN sed -i 's/if not cfg.CONF.allow_automatic_dhcp_failover:/if True:/' \
                /usr/lib/python3/dist-packages/neutron/db/agentschedulers_db.py
            """#),
    ]
}
