package dev.converge.container;

import dev.converge.model.Resource;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.util.Map;
import java.util.Optional;

/**
 * A volume of Docker or podman, in which containers keep data. No engine can change one in place, and making it anew would
 * lose the data: another driver, option or label than declared is said, and nothing is done. {@code ensure 'absent'} removes
 * the volume with its data, unless a container uses it.
 *
 * @param name what the volume is called
 * @param driver {@code local}, or another that the engine has
 * @param options settings of the driver, such as {@code [type: 'nfs', o: 'addr=10.0.0.1', device: ':/data']}
 * @param labels names with values that other programs read
 * @param engine where the engine listens, such as {@code 'unix:///run/podman/podman.sock'}; looked for as for a
 *     container when left out
 */
@ResourceType(
        name = "volume",
        provider = VolumeProvider.class,
        example = """
                volume('data') {
                    labels backup: 'daily'
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
public record VolumeResource(
        @Id ContainerName name,
        Optional<String> driver,
        Optional<Map<String, String>> options,
        Optional<Map<String, String>> labels,
        @Parameter Optional<EngineAddress> engine)
        implements Resource {}
