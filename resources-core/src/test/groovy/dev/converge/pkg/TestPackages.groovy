package dev.converge.pkg

import static dev.converge.pkg.PackageRepository.NAME

import dev.converge.ResourceSpecification
import dev.converge.model.Ensure
import dev.converge.model.SiteFiles
import dev.converge.provider.Change
import dev.converge.provider.Host
import dev.converge.schema.TypeSchema
import dev.converge.testhost.DebianRoot
import groovy.transform.SelfType
import java.nio.file.Path
import java.time.Duration

/** Tiny packages that apt installs in a Debian of the spec's own, and that are gone after each test. */
@SelfType(ResourceSpecification)
trait TestPackages {
    PackageRepository repository

    /** Of the spec's own, for the repository and what else a test makes. */
    abstract Path getFolder()

    abstract DebianRoot getDebian()

    void setup() {
        repository = new PackageRepository(folder, debian)
        repository.clean()
        ['1.0', '1.1', '2.0'].each { repository.add(NAME, it) }
        repository.add('converge-test-b', '1:1.0-1')
        repository.publish()
    }

    void cleanup() {
        repository.clean()
    }

    TypeSchema<PkgResource> schema() {
        new PkgType()
    }

    Host newHost() {
        repository.host()
    }

    Change<PkgResource> change(PkgResource desired, Host host, Ensure ensure = Ensure.PRESENT) {
        difference(desired, host, ensure).get()
    }

    String file(String version) {
        folder.resolve("repository/${NAME}_${version}.deb") as String
    }

    PkgResource pkg(Map given = [:]) {
        new PkgResource(
            PkgName.parse(given.name ?: NAME),
            PkgVersion.parse(given.version ?: 'installed'),
            Optional.ofNullable(given.hold as Boolean),
            Optional.ofNullable(given.source as String).map { PkgSource.parse(it, { name -> Path.of(name) } as SiteFiles) },
            given.purge ?: false,
            given.options ?: [],
            Optional.ofNullable(given.recommends as Boolean),
            given.allowDowngrade ?: false,
            ConfigFiles.valueOf((given.configFiles ?: 'keep').toString().toUpperCase()),
            given.updateMaxAge ?: Duration.ofHours(24),
            given.lockTimeout ?: Duration.ofMinutes(1))
    }
}
