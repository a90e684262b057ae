package dev.converge.schema.processor;

import dev.converge.model.Attribute.Role;
import dev.converge.schema.SitePolicy;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** What the processor reads from the record of a policy. */
record PolicyModel(
        String packageName,
        String record,
        String name,
        String doc,
        List<Component> components,
        List<WordModel> bodyWords) {

    static PolicyModel read(TypeElement record, ProcessingEnvironment env) {
        String simple = record.getSimpleName().toString();
        if (record.getKind() != ElementKind.RECORD || !simple.endsWith("Policy")) {
            throw new ModelException("@SitePolicy is for records that are named XPolicy", record);
        }
        Javadoc javadoc =
                Javadoc.parse(Optional.ofNullable(env.getElementUtils().getDocComment(record)));
        if (javadoc.body().isEmpty()) {
            throw new ModelException("a policy needs Javadoc: it is the policy's documentation", record);
        }
        List<Component> components = Component.allOf(record, javadoc, env);
        if (components.stream().anyMatch(c -> c.role() == Role.ID)) {
            throw new ModelException("a policy has no name", record);
        }
        return new PolicyModel(
                env.getElementUtils().getPackageOf(record).getQualifiedName().toString(),
                simple,
                record.getAnnotation(SitePolicy.class).name(),
                javadoc.body(),
                components,
                WordModel.read(record, components, env));
    }
}
