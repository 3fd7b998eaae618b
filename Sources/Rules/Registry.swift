import Diagnostics

/// Every rule, in the order of the codes.
package enum Registry {
    package static let rules: [any Rule.Type] = [
        ManifestStructure.self,
        InvalidImageName.self,
        ImageNameNotGeneric.self,
        NamePatternRule.self,
        InvalidTag.self,
        InconsistentTag.self,
        InvalidContainerName.self,
        ContainerNameTaken.self,
        ContainerNameDeparts.self,
        InvalidProjectName.self,
        ReferenceClaimedTwice.self,
        HostnameTooLong.self,
        InvalidReference.self,
        NamesDifferByCase.self,
        NotLiteral.self,
        InvalidEnvironmentName.self,
        InvalidWorkspaceName.self,
        UnknownImage.self,
        UnknownProject.self,
        UnusedImage.self,
        ImageCycle.self,
        UnknownDependency.self,
        DependencyCycle.self,
        UnknownNetwork.self,
        UnknownVolume.self,
        UnknownConfig.self,
        UnknownSecret.self,
        InactiveDependency.self,
        BuildInService.self,
        ProjectsEntangled.self,
        UnusedVolumeOrNetwork.self,
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
        MissingHealthcheck.self,
        FloatingTag.self,
        LatestReleased.self,
        LiteralSecret.self,
        Privileged.self,
        DockerSocket.self,
        PublishedToAllInterfaces.self,
        UnboundedResources.self,
        MissingRestart.self,
        SinglePlatform.self,
    ]
}

extension Registry {
    /// The rules as the machine formats describe them.
    package static var descriptions: [RuleDescription] {
        Explanation.all.map { RuleDescription($0.code, summary: $0.finds, help: $0.matters) }
    }
}
