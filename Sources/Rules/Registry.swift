import Diagnostics

/// Every rule, in the order of the codes.
package enum Registry {
    package static let rules: [any Rule.Type] = [
        ManifestStructure.self,
        InvalidImageName.self,
        ImageNameNotGeneric.self,
        NamePatternRule.self,
        InvalidTag.self,
        InvalidContainerName.self,
        ContainerNameTaken.self,
        InvalidProjectName.self,
        ReferenceClaimedTwice.self,
        InvalidReference.self,
        NamesDifferByCase.self,
        NotLiteral.self,
        InvalidEnvironmentName.self,
        UnknownImage.self,
        UnknownProject.self,
        ImageCycle.self,
        UnknownDependency.self,
        DependencyCycle.self,
        UnknownNetwork.self,
        UnknownVolume.self,
        UnknownConfig.self,
        UnknownSecret.self,
        InactiveDependency.self,
        BuildInService.self,
        PathShared.self,
        ExtendsInService.self,
        InvalidPath.self,
        UnknownService.self,
        ComposeStructure.self,
        InvalidPort.self,
        InvalidDurationOrSize.self,
        ImageInFragment.self,
        ConflictingKeys.self,
        InvalidMount.self,
        InvalidInterpolation.self,
        ObsoleteKey.self,
        InvalidPlatform.self,
        OtherComposeRule.self,
        PortTaken.self,
        VolumeShared.self,
        SubnetOverlap.self,
    ]
}

extension Registry {
    /// The rules as the machine formats describe them.
    package static var descriptions: [RuleDescription] {
        rules.map { RuleDescription($0.code, summary: $0.finds, help: $0.matters) }
    }
}
