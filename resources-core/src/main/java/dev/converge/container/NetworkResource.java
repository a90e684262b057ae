package dev.converge.container;

import dev.converge.model.Resource;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Recreates;
import dev.converge.schema.ResourceType;
import java.util.Map;
import java.util.Optional;

/**
 * A network of Docker or podman that containers are in. A change makes it anew, which only works while no container is in
 * it. What is left out, the engine chooses.
 *
 * @param name what the network is called
 * @param driver {@code bridge}, {@code macvlan}, {@code ipvlan} or another that the engine has
 * @param subnet the addresses of its containers, such as {@code 10.89.7.0/24}
 * @param gateway the host's address in it
 * @param internal whether its containers reach nothing outside of it
 * @param ipv6 whether its containers have IPv6 addresses, too
 * @param options settings of the driver
 * @param labels names with values that other programs read
 * @param engine where the engine listens, such as {@code 'unix:///run/podman/podman.sock'}; looked for as for a
 *     container when left out
 */
@ResourceType(
        name = "network",
        provider = NetworkProvider.class,
        example = """
                network('backend') {
                    subnet '10.89.7.0/24'
                    internal true
                }
                """,
        after = {
            "pkg[podman]",
            "pkg[docker.io]",
            "pkg[docker-ce]",
            "service[docker]",
            "service[docker.service]",
            "service[docker.socket]",
            "service[podman.socket]",
            "service[podman]"
        })
public record NetworkResource(
        @Id ContainerName name,
        @Recreates Optional<String> driver,
        @Recreates Optional<Subnet> subnet,
        @Recreates Optional<String> gateway,
        @Recreates Optional<Boolean> internal,
        @Recreates Optional<Boolean> ipv6,
        @Recreates Optional<Map<String, String>> options,
        @Recreates Optional<Map<String, String>> labels,
        @Parameter Optional<EngineAddress> engine)
        implements Resource {}
