package dev.converge.target

import dev.converge.diagnostic.SourceRange
import dev.converge.firstboot.Ownership
import dev.converge.firstboot.Step
import dev.converge.model.Catalog
import dev.converge.model.Content
import dev.converge.model.Declared
import dev.converge.model.Edge
import dev.converge.model.Ensure
import dev.converge.model.Mode
import dev.converge.model.Policy
import dev.converge.model.Reason
import dev.converge.model.Resource
import dev.converge.model.ResourceId
import java.nio.file.Path

/** Plans made by hand: a resource for each entry, named by its key, declared on a line of its own. */
final class Plans {
    /** What it is does not matter to a target. */
    static record Anything() implements Resource {}

    static ResourceId id(String name) {
        new ResourceId('thing', name)
    }

    /**
     * @param orders which comes before which
     * @param resources names to steps
     */
    static FirstBootPlan of(Map<String, List<Step>> resources, List<List<String>> orders = [], Map<String, List<Step>> refreshes = [:]) {
        def declared = [:]
        resources.keySet().eachWithIndex { name, line ->
            declared[name] = new Declared<Anything>(id(name), new Anything(), Ensure.PRESENT, SourceRange.point('site.groovy', line + 1, 1), Policy.none())
        }
        def edges = orders.collect { pair ->
            new Edge(id(pair[0]), id(pair[1]), refreshes.containsKey(pair[1]) ? Edge.Kind.NOTIFY : Edge.Kind.ORDER, new Reason.Written('requires', SourceRange.point('site.groovy', 1, 1)))
        }
        def catalog = Catalog.of(declared.values() as List, edges, [], []).value().get()
        def parts = catalog.resources().collect {
            new FirstBootPlan.Part(it, resources[it.id().name()], refreshes[it.id().name()] ?: [], Optional.empty())
        }
        new FirstBootPlan(catalog, parts)
    }

    static Step.WriteFile file(String path, String text, String owner = 'root', String mode = '0644') {
        file(path, Content.of(text), owner, mode)
    }

    static Step.WriteFile file(String path, Content content, String owner = 'root', String mode = '0644') {
        def ownership = new Ownership(Optional.ofNullable(owner), Optional.ofNullable(owner), Optional.ofNullable(mode).map { Mode.parse(it) })
        new Step.WriteFile(Path.of(path), Optional.of(content), ownership, true)
    }

    static Step.AddUser user(Map<String, ?> given = [:], String name) {
        def account = new Step.Account(
            Optional.ofNullable(given.uid as Integer), Optional.ofNullable(given.gid as String), (given.groups ?: []) as Set,
            Optional.ofNullable(given.comment as String), Optional.ofNullable(given.home).map { Path.of(it as String) }, given.manageHome != false,
            Optional.ofNullable(given.shell).map { Path.of(it as String) }, Optional.ofNullable(given.password), Optional.ofNullable(given.locked),
            Optional.ofNullable(given.expires as String))
        new Step.AddUser(name, account, given.system == true)
    }

    static Step.InstallPackage pkg(String name, String version = null) {
        new Step.InstallPackage(name, Optional.ofNullable(version), Optional.empty(), false)
    }
}
