/// The environment file of Dockstack's README, as it stands there.
public let dockstackFile = """
    common:
      dnsServer: 10.0.0.1
      domain: endor.lab
      galera_password: password
      haproxy_password: password
      haproxy_user: user
      keystone_admin_password: password
      keystone_admin_tenant: admin
      keystone_admin_token: token
      keystone_admin_user: admin
      puppetServer: puppet1
      vip: 10.0.0.254
      vip_mask: 16
      vip_name: vip
    registered_services:
      cassandra: []
      collector: []
      config: []
      control: []
      dns: []
      galera: []
      haproxy: []
      openstack: []
      puppet: []
      webui: []
    services:
      cassandra:
        cas1:
          host: 192.168.99.2
      collector:
        col1:
          host: 192.168.99.2
      config:
        conf1:
          host: 192.168.99.2
      control:
        ctrl1:
          host: 192.168.99.2
      dns:
        dns1:
          gateway: 10.0.0.100
          host: 192.168.99.2
          ipaddress: 10.0.0.1/16
          macAddress: de:ad:be:ef:ba:11
        dns2:
          gateway: 10.0.0.100
          host: 192.168.99.2
          ipaddress: 10.0.0.2/16
          macAddress: de:ad:be:ef:ba:12
      galera:
        gal1:
          host: 192.168.99.2
      haproxy:
        ha1:
          host: 192.168.99.2
        ha2:
          host: 192.168.99.2
      openstack:
        os1:
          host: 192.168.99.2
      puppet:
        puppet1:
          host: 192.168.99.2
        puppet2:
          host: 192.168.99.2
      webui:
        webui1:
          host: 192.168.99.2
    """
