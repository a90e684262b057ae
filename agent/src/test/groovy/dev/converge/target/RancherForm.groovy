package dev.converge.target

/**
 * The keys of RancherOS 1.5 that a render may have, and what their values are. Whatever is not here is an error: RancherOS
 * itself refuses a cloud-config with a key that it does not know. From the source of RancherOS, config/schema.go and
 * config/types.go (CloudConfig, RancherConfig, EngineOpts, StateConfig, DNSConfig), and of libcompose, config/types.go
 * (ServiceConfigV1).
 */
final class RancherForm {
    private static final Closure<Boolean> TEXT = { it instanceof String }
    private static final Closure<Boolean> FLAG = { it instanceof Boolean }
    private static final Closure<Boolean> TEXTS = { it instanceof List && it.every(TEXT) && it.toSet().size() == it.size() }
    private static final Closure<Boolean> PAIRS = { it instanceof Map && it.values().every(TEXT) }
    private static final Closure<Boolean> COMMANDS = { it instanceof List && it.every { one -> TEXT(one) || TEXTS(one) } }

    private static final Map<String, Object> DOCKER = [
        bip: TEXT, bridge: TEXT, debug: FLAG, exec_root: TEXT, graph: TEXT, group: TEXT, host: TEXTS, insecure_registry: TEXTS, live_restore: FLAG,
        log_driver: TEXT, log_opts: PAIRS, registry_mirror: TEXT, selinux_enabled: FLAG, storage_driver: TEXT, userland_proxy: FLAG,
    ]
    private static final Map<String, Object> SERVICE = [
        cap_add: TEXTS, cap_drop: TEXTS, command: TEXTS, container_name: TEXT, cpu_shares: TEXT, cpuset: TEXT, devices: TEXTS, dns: TEXTS, dns_search: TEXTS,
        entrypoint: TEXT, environment: TEXTS, expose: TEXTS, extra_hosts: TEXTS, hostname: TEXT, image: TEXT, ipc: TEXT, labels: TEXTS, links: TEXTS,
        log_driver: TEXT, log_opt: PAIRS, mem_limit: TEXT, memswap_limit: TEXT, net: TEXT, pid: TEXT, ports: TEXTS, privileged: FLAG, read_only: FLAG,
        restart: TEXT, security_opt: TEXTS, stdin_open: FLAG, stop_signal: TEXT, tmpfs: TEXTS, tty: FLAG, user: TEXT, volumes: TEXTS, volumes_from: TEXTS,
        working_dir: TEXT,
    ]
    private static final Map<String, Object> KEYS = [
        ssh_authorized_keys: TEXTS,
        hostname: TEXT,
        write_files: [[path: TEXT, owner: TEXT, permissions: TEXT, content: TEXT, encoding: { it in ['b64', 'gz+b64'] }, container: TEXT]],
        mounts: { it instanceof List && it.every { one -> one instanceof List && one.size() == 4 && one.every(TEXT) } },
        runcmd: COMMANDS,
        rancher: [
            docker: DOCKER,
            environment: PAIRS,
            network: [dns: [nameservers: TEXTS, search: TEXTS]],
            services: ['*': SERVICE],
            services_include: ['*': FLAG],
            state: [dev: TEXT, fstype: TEXT, autoformat: TEXTS],
            sysctl: PAIRS,
        ],
    ]

    /** Where it is not as it should be. */
    static List<String> errors(Map<String, Object> config) {
        found('', config, KEYS)
    }

    private static List<String> found(String place, Object value, Object form) {
        if (form instanceof Closure) {
            return form(value) ? [] : ["$place is not as it should be: $value" as String]
        }
        if (form instanceof List) {
            return value instanceof List ? value.collectMany { found(place, it, form[0]) } : ["$place is no list" as String]
        }
        if (!(value instanceof Map)) {
            return ["$place has no keys" as String]
        }
        value.collectMany { key, inner ->
            def known = form[key as String] ?: form['*']
            known == null ? ["$place/$key is no key" as String] : found("$place/$key", inner, known)
        }
    }
}
