/// Every code there is, in order.
extension Code {
    // BP0: the file
    package static let yamlSyntax = Code(1, "yaml-syntax", .error)
    package static let duplicateKey = Code(2, "duplicate-key", .error)
    package static let unknownKey = Code(3, "unknown-key", .error)
    package static let wrongType = Code(4, "wrong-type", .error)
    package static let missingKey = Code(5, "missing-key", .error)
    package static let unsupportedVersion = Code(6, "unsupported-version", .error)
    package static let limitExceeded = Code(7, "limit-exceeded", .error)
    package static let notUTF8 = Code(8, "not-utf8", .error)
    package static let undefinedAlias = Code(9, "undefined-alias", .error)
    package static let severalDocuments = Code(10, "several-documents", .error)
    package static let uselessSuppression = Code(11, "useless-suppression", .warning)
    package static let fileNotFound = Code(12, "file-not-found", .error)
    package static let ruleNotLowerable = Code(13, "rule-not-lowerable", .error)

    // BP1: names
    package static let invalidImageName = Code(101, "invalid-image-name", .error)
    package static let imageNameNotGeneric = Code(102, "image-name-not-generic", .error)
    package static let namePattern = Code(103, "name-pattern", .error)
    package static let invalidTag = Code(104, "invalid-tag", .error)
    package static let inconsistentTag = Code(105, "inconsistent-tag", .warning)
    package static let invalidContainerName = Code(106, "invalid-container-name", .error)
    package static let containerNameTaken = Code(107, "container-name-taken", .error)
    package static let containerNameDeparts = Code(108, "container-name-departs", .warning)
    package static let invalidProjectName = Code(109, "invalid-project-name", .error)
    package static let unknownPlaceholder = Code(110, "unknown-placeholder", .error)
    package static let referenceClaimedTwice = Code(111, "reference-claimed-twice", .error)
    package static let hostnameTooLong = Code(112, "hostname-too-long", .warning)
    package static let invalidReference = Code(113, "invalid-reference", .error)
    package static let namesDifferByCase = Code(114, "names-differ-by-case", .error)

    package static let notLiteral = Code(115, "not-literal", .error)
    package static let invalidEnvironmentName = Code(116, "invalid-environment-name", .error)
    package static let invalidWorkspaceName = Code(117, "invalid-workspace-name", .error)
    package static let instanceVariableTaken = Code(118, "instance-variable-taken", .error)

    // BP2: references
    package static let unknownImage = Code(201, "unknown-image", .error)
    package static let unknownProject = Code(202, "unknown-project", .error)
    package static let unusedImage = Code(203, "unused-image", .warning)
    package static let imageCycle = Code(204, "image-cycle", .error)
    package static let unknownDependency = Code(205, "unknown-dependency", .error)
    package static let dependencyCycle = Code(206, "dependency-cycle", .error)
    package static let unknownNetwork = Code(207, "unknown-network", .error)
    package static let unknownVolume = Code(208, "unknown-volume", .error)
    package static let unknownConfig = Code(209, "unknown-config", .error)
    package static let unknownSecret = Code(210, "unknown-secret", .error)
    package static let inactiveDependency = Code(211, "inactive-dependency", .error)
    package static let buildInService = Code(212, "build-in-service", .error)
    package static let projectsEntangled = Code(213, "projects-entangled", .info)
    package static let unusedVolumeOrNetwork = Code(214, "unused-volume-or-network", .warning)
    package static let pathShared = Code(215, "path-shared", .error)

    package static let extendsInService = Code(216, "extends-in-service", .error)
    package static let invalidPath = Code(217, "invalid-path", .error)
    package static let unknownService = Code(218, "unknown-service", .error)
    package static let startCycle = Code(219, "start-cycle", .error)

    // BP22x: Compose
    package static let unknownComposeKey = Code(220, "unknown-compose-key", .error)
    package static let wrongComposeType = Code(221, "wrong-compose-type", .error)
    package static let invalidPort = Code(222, "invalid-port", .error)
    package static let invalidDurationOrSize = Code(223, "invalid-duration-or-size", .error)
    package static let conflictingKeys = Code(224, "conflicting-keys", .error)
    package static let invalidMount = Code(225, "invalid-mount", .error)
    package static let invalidInterpolation = Code(226, "invalid-interpolation", .error)
    package static let obsoleteKey = Code(227, "obsolete-key", .warning)
    package static let invalidPlatform = Code(228, "invalid-platform", .error)
    package static let otherComposeRule = Code(229, "other-compose-rule", .error)
    package static let refusedBySwarm = Code(230, "refused-by-swarm", .error)
    package static let changedForSwarm = Code(231, "changed-for-swarm", .info)
    package static let unknownModel = Code(232, "unknown-model", .error)

    package static let misspeltPath = Code(233, "misspelt-path", .warning)

    // BP3: builds
    package static let contextNotFound = Code(301, "context-not-found", .error)
    package static let dockerfileNotFound = Code(302, "dockerfile-not-found", .error)
    package static let targetNotFound = Code(303, "target-not-found", .error)
    package static let undeclaredBase = Code(304, "undeclared-base", .error)
    package static let baseNotUsed = Code(305, "base-not-used", .warning)
    package static let identicalBuilds = Code(306, "identical-builds", .info)
    package static let dockerfileSyntax = Code(307, "dockerfile-syntax", .warning)
    package static let unknownBuildArgument = Code(308, "unknown-build-argument", .warning)
    package static let baseTagDiffers = Code(309, "base-tag-differs", .warning)
    package static let cannotResolve = Code(310, "cannot-resolve", .info)
    package static let missingInBakeFile = Code(311, "missing-in-bake-file", .info)
    package static let stageReplaced = Code(312, "stage-replaced", .error)
    package static let oneReferenceTwoBuilds = Code(313, "one-reference-two-builds", .error)
    package static let bakeFileNeeded = Code(314, "bake-file-needed", .warning)

    // BP4: one host
    package static let portTaken = Code(401, "port-taken", .error)
    package static let volumeShared = Code(402, "volume-shared", .warning)
    package static let subnetOverlap = Code(403, "subnet-overlap", .warning)
    package static let startOrderNotStated = Code(404, "start-order-not-stated", .info)
    package static let sameInEveryInstance = Code(405, "same-in-every-instance", .info)

    // BP5: practice
    package static let missingHealthcheck = Code(501, "missing-healthcheck", .info)
    package static let floatingTag = Code(502, "floating-tag", .warning)
    package static let latestReleased = Code(503, "latest-released", .warning)
    package static let literalSecret = Code(504, "literal-secret", .warning)
    package static let privileged = Code(505, "privileged", .warning)
    package static let dockerSocket = Code(506, "docker-socket", .warning)
    package static let publishedToAllInterfaces = Code(507, "published-to-all-interfaces", .info)
    package static let unboundedResources = Code(508, "unbounded-resources", .info)
    package static let missingRestart = Code(509, "missing-restart", .info)
    package static let singlePlatform = Code(510, "single-platform", .info)
    package static let hostNamespace = Code(511, "host-namespace", .warning)
    package static let hostPathMounted = Code(512, "host-path-mounted", .warning)
    package static let broadCapability = Code(513, "broad-capability", .warning)
    package static let unpinnedDigest = Code(514, "unpinned-digest", .warning, isOff: true)
    package static let registryNotAllowed = Code(515, "registry-not-allowed", .error)
    package static let movingTag = Code(516, "moving-tag", .warning)
    package static let hostDevice = Code(517, "host-device", .warning)
    package static let numberArrivesAsAnother = Code(521, "number-arrives-as-another", .warning)
    package static let modeArrivesAsAnother = Code(522, "mode-arrives-as-another", .warning)
    package static let startIntervalAlone = Code(523, "start-interval-alone", .warning)
    package static let newerThanRequired = Code(525, "newer-than-required", .error)
    package static let privilegesCanGrow = Code(531, "privileges-can-grow", .info, isOff: true)
    package static let capabilitiesKept = Code(532, "capabilities-kept", .info, isOff: true)
    package static let writableRoot = Code(533, "writable-root", .info, isOff: true)
    package static let runsAsRoot = Code(534, "runs-as-root", .info, isOff: true)
    package static let unboundedProcesses = Code(535, "unbounded-processes", .info, isOff: true)
    package static let unboundedProcessors = Code(536, "unbounded-processors", .info, isOff: true)

    // BP6: artifacts
    package static let outOfDate = Code(601, "out-of-date", .error)
    package static let editedByHand = Code(602, "edited-by-hand", .error)
    package static let notOurs = Code(603, "not-ours", .error)
    package static let leftOver = Code(604, "left-over", .error)
    package static let outsideWorkspace = Code(605, "outside-workspace", .error)
    package static let missingArtifact = Code(606, "missing-artifact", .error)
    package static let artifactShadowed = Code(608, "artifact-shadowed", .warning)

    // BP7: import
    package static let notCarried = Code(701, "not-carried", .warning)
    package static let variableResolved = Code(702, "variable-resolved", .warning)
    package static let fileNotFollowed = Code(703, "file-not-followed", .error)
    package static let changedByImport = Code(704, "changed-by-import", .info)
    package static let projectsCollide = Code(705, "projects-collide", .error)

    /// All codes, ascending.
    package static let all: [Code] = [
        .yamlSyntax, .duplicateKey, .unknownKey, .wrongType, .missingKey, .unsupportedVersion, .limitExceeded,
        .notUTF8, .undefinedAlias, .severalDocuments, .uselessSuppression, .fileNotFound, .ruleNotLowerable,
        .invalidImageName, .imageNameNotGeneric, .namePattern, .invalidTag, .inconsistentTag, .invalidContainerName,
        .containerNameTaken, .containerNameDeparts, .invalidProjectName, .unknownPlaceholder, .referenceClaimedTwice,
        .hostnameTooLong, .invalidReference, .namesDifferByCase, .notLiteral, .invalidEnvironmentName,
        .invalidWorkspaceName, .instanceVariableTaken, .unknownImage, .unknownProject, .unusedImage, .imageCycle,
        .unknownDependency,
        .dependencyCycle, .unknownNetwork, .unknownVolume, .unknownConfig, .unknownSecret, .inactiveDependency,
        .buildInService, .projectsEntangled, .unusedVolumeOrNetwork, .pathShared, .extendsInService, .invalidPath,
        .unknownService, .startCycle, .unknownComposeKey, .wrongComposeType, .invalidPort, .invalidDurationOrSize,
        .conflictingKeys, .invalidMount, .invalidInterpolation, .obsoleteKey, .invalidPlatform, .otherComposeRule,
        .refusedBySwarm, .changedForSwarm, .unknownModel, .misspeltPath,
        .contextNotFound, .dockerfileNotFound, .targetNotFound, .undeclaredBase, .baseNotUsed, .identicalBuilds,
        .dockerfileSyntax, .unknownBuildArgument, .baseTagDiffers, .cannotResolve, .missingInBakeFile, .stageReplaced,
        .oneReferenceTwoBuilds, .bakeFileNeeded,
        .portTaken, .volumeShared,
        .subnetOverlap, .startOrderNotStated, .sameInEveryInstance, .missingHealthcheck, .floatingTag, .latestReleased,
        .literalSecret,
        .privileged,
        .dockerSocket, .publishedToAllInterfaces, .unboundedResources, .missingRestart, .singlePlatform,
        .hostNamespace, .hostPathMounted, .broadCapability, .unpinnedDigest,
        .registryNotAllowed, .movingTag, .hostDevice,
        .numberArrivesAsAnother, .modeArrivesAsAnother, .startIntervalAlone, .newerThanRequired,
        .privilegesCanGrow, .capabilitiesKept, .writableRoot, .runsAsRoot, .unboundedProcesses, .unboundedProcessors,
        .outOfDate, .editedByHand, .notOurs,
        .leftOver,
        .outsideWorkspace, .missingArtifact, .artifactShadowed, .notCarried, .variableResolved,
        .fileNotFollowed, .changedByImport, .projectsCollide,
    ]
}
