package dev.converge.plan

import dev.converge.converger.Probe
import dev.converge.converger.ProbeTypes
import dev.converge.diagnostic.SourceRange
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.plan.PlannedChange.Digests
import dev.converge.plan.PlannedChange.ShownAttribute
import dev.converge.provider.Action
import dev.converge.provider.Change
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import dev.converge.state.HostKey
import dev.converge.state.StateDirectory
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What a plan lets a run do at the very turn of a resource. */
class ApprovedChangesSpec extends Specification {
    @TempDir
    Path folder

    def types = ProbeTypes.registry()
    def declared = new Declared<Probe>(new ResourceId('probe', 'a'), new Probe('a', Optional.of('wanted')),
        Ensure.PRESENT, SourceRange.point('site.groovy', 1, 1), Policy.none())

    private ApprovedChanges approval() {
        def prints = PlanKey.fresh(HostKey.of(new StateDirectory(folder.resolve('state')))).fingerprint(types)
        def digests = new Digests(Optional.of(prints.observed(declared, Optional.empty())), Optional.empty(), Optional.empty())
        def creation = new PlannedChange('probe[a]', Optional.of(Action.CREATE),
            [new ShownAttribute('value', Optional.empty(), 'wanted')], false, false, Optional.empty(), false, digests, [:])
        new ApprovedChanges(new Forecast([creation], []), prints)
    }

    private Change<Probe> found(String value) {
        def before = Optional.ofNullable(value).map { new Probe('a', Optional.of(it)) }
        Difference.between(types.get('probe'), declared, before).get()
    }

    def "what has moved before its turn is not approved"() {
        when:
        approval().check(found('half'))

        then:
        thrown(ResourceFailure)
    }

    def "what a failed try has made of an approved change does not keep the next try from it"() {
        given:
        def approval = approval()
        approval.check(found(null))

        when:
        approval.check(found('half'))

        then:
        noExceptionThrown()
    }

    def "a later try does no more than was announced"() {
        given:
        def approval = approval()
        approval.check(found(null))

        when:
        approval.check(new Change<>(declared, Action.DELETE, Optional.empty(), []))

        then:
        def refused = thrown(ResourceFailure)
        refused.message.contains('more than the plan announced')
    }
}
