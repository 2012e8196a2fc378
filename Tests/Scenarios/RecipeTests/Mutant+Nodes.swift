extension Mutant {
    /// What runs on network and compute nodes.
    static let nodes = switches + holders + agents + computes

    private static let switches = [
        Mutant(
            "openvswitch", "lacks the switch", complaint: "failed: the switch does not run",
            "RUN rm /usr/sbin/ovs-vswitchd"),
        Mutant(
            "openvswitch-db", "keeps its data outside of the volume",
            complaint: "failed: what was written is there after a replacement: expected 'own', found ''",
            "RUN sed -i 's|^database=.*|database=/run/switch/conf.db|' /usr/bin/database-start && chmod 777 /run/switch"
        ),
        Mutant(
            "openvswitch-db", "lets in clients from elsewhere",
            complaint: "failed: a client from elsewhere: expected a refusal",
            "RUN sed -i 's/ptcp:6640:127.0.0.1/ptcp:6640/' /usr/bin/database-start"),
        Mutant(
            "openvswitch-switch", "reads on from an interface that is gone",
            complaint: "failed: in time, this did not succeed: heard: ",
            "RUN ln -sf /bin/true /usr/bin/switch-watch"),
        Mutant(
            "openvswitch-switch", "leaves an interface down that it took down",
            complaint: "failed: in time, this did not succeed: heard: ",
            "RUN sed -i 's/ip link set/true/' /usr/bin/switch-watch"),
        Mutant(
            "openvswitch-switch", "forgets what interface it took",
            complaint: "failed: one-switch has ended, and this did not succeed: ",
            #"RUN sed -i 's/grep//; s/index($4, address "\/") == 1/0/' /usr/bin/switch-start"#),
    ]

    private static let holders = [
        Mutant(
            "network", "runs what no filter allows",
            complaint: "failed: a command that no filter allows: expected a refusal",
            "RUN mkdir -p /etc/neutron/rootwrap.d && printf '[Filters]\\ncat: CommandFilter, cat, root\\n' >/etc/neutron/rootwrap.d/cat.filters"
        ),
        Mutant(
            "compute", "lets everybody in", complaint: "failed: another user: expected a refusal",
            "RUN sed -i 's/os.umask(0o117)/os.umask(0)/' /usr/bin/pod-init && chmod 755 /run/pod"),
    ]

    private static let agents = [
        Mutant(
            "neutron-agent", "takes an old report for a new one",
            complaint: "failed: an old report: expected a refusal",
            "RUN sed -i 's/{1:-75}/{1:-7500}/' /usr/bin/agent-probe"),
        Mutant(
            "neutron-agent", "keeps addresses leased whose ports are gone",
            complaint: "failed: there is no dhcp_release", "RUN rm /usr/bin/dhcp_release"),
        Mutant(
            "neutron-metadata-agent", "signs with another secret",
            complaint: "failed: a request is passed on and signed: expected '/latest/meta-data instance ",
            "ENV OS_DEFAULT__METADATA_PROXY_SHARED_SECRET=other"),
        Mutant(
            "neutron-dhcp-agent", "knows other interfaces than the ports'",
            complaint: "failed: the address of a port: nobody offers an address",
            #"""
            RUN sed -i 's/port\.mac_address, tag/"fa:16:3e:ff:ff:ff", tag/' \
                /usr/lib/python3/dist-packages/neutron/agent/linux/dhcp.py
            """#),
        Mutant(
            "neutron-l3-agent", "gives a router's interface no address",
            complaint: "failed: in time, this did not succeed: routes",
            #"""
            RUN sed -i 's/interface_name, ip_cidrs, namespace=ns_name)/interface_name, [], namespace=ns_name)/' \
                /usr/lib/python3/dist-packages/neutron/agent/l3/router_info.py
            """#),
        Mutant(
            "neutron-metadata-agent", "starts without its file",
            complaint: "failed: without its files it does not say that neutron.conf is missing",
            #"CMD ["agent-start", "neutron-metadata-agent"]"#),
        Mutant(
            "neutron-openvswitch-agent", "starts without its file",
            complaint: "failed: without its files it does not say that neutron.conf is missing",
            #"CMD ["agent-start", "neutron-openvswitch-agent"]"#),
        Mutant(
            "neutron-dhcp-agent", "starts without its file",
            complaint: "failed: without its files it does not say that neutron.conf is missing",
            #"CMD ["agent-start", "neutron-dhcp-agent"]"#),
        Mutant(
            "neutron-l3-agent", "starts without its file",
            complaint: "failed: without its files it does not say that neutron.conf is missing",
            #"CMD ["agent-start", "neutron-l3-agent"]"#),
    ]

    private static let computes = [
        Mutant(
            "libvirt", "lets every service in",
            complaint: "failed: another service of the authority: expected a refusal",
            "RUN sed -i '/^tls_allowed_dn_list/d' /etc/libvirt/libvirtd.common.conf"),
        Mutant(
            "libvirt", "takes its instances with it",
            complaint: "failed: the instance outlives the container of libvirt",
            "RUN sed -i 's/^exec .*/exec libvirtd --listen/' /usr/bin/libvirt-start"),
        Mutant(
            "libvirt", "lets nobody but root in", complaint: "failed: Nova may use it: ",
            "RUN sed -i 's/^unix_sock_rw_perms.*/unix_sock_rw_perms = \"0700\"/' /etc/libvirt/libvirtd.common.conf"),
        Mutant(
            "nova-compute", "lets Nova be root", complaint: "failed: other commands as root: expected a refusal",
            "RUN echo 'nova ALL=(root) NOPASSWD: ALL' >/etc/sudoers.d/all"),
        Mutant(
            "nova-compute", "takes the ports of a domain that has ended",
            complaint: "failed: an instance that is resized here gets a console anew: expected 'False True'",
            "RUN sed -i 's/guest.is_active() and //' /usr/lib/minke/node_driver.py"),
        Mutant(
            "nova-compute", "makes no file systems", complaint: "failed: disks of flavors cannot have vfat",
            "RUN rm /usr/sbin/mkfs.vfat"),
        Mutant(
            "nova-compute", "gives disks to other services",
            complaint: "failed: another service of the authority: expected a refusal",
            "RUN sed -i 's/^OTHERS = .*/OTHERS = \"\"/' /usr/bin/node-files"),
        Mutant(
            "nova-compute", "takes files that are no instance's",
            complaint: "failed: a file that is no instance's: expected a refusal",
            "RUN sed -i 's/^        raise PermissionError(f\"{path} is not.*/        pass/' /usr/bin/node-files"),
        Mutant(
            "nova-compute", "reports the memory of this moment", complaint: "failed: the driver as it is changed: ",
            "RUN sed -i 's/\"MemTotal:/\"MemFree:/' /usr/lib/minke/node_driver.py"),
    ]
}
