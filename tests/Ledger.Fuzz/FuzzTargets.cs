namespace Ledger.Fuzz;

/// <summary>All targets, in the order in which they run.</summary>
internal static class FuzzTargets
{
    /// <summary>Builds the samples of each.</summary>
    public static IReadOnlyList<FuzzTarget> All() =>
    [
        .. PrimitiveTargets.All(),
        .. ConsensusTargets.All(),
        .. ContractTargets.All(),
        .. ClientTargets.All(),
        .. LimitsTargets.All(),
        .. FeatureTargets.All(),
        .. CohortTargets.All(),
        .. InstitutionTargets.All(),
        .. JoiningTargets.All(),
        .. RecordTargets.All(),
        .. RecordEdgeTargets.All(),
        .. RecordEndpointTargets.All(),
        .. ConnectorTargets.All(),
        .. BindingTargets.All(),
        .. CommandTargets.All(),
        .. DisclosureTargets.All(),
        .. ExportTargets.All(),
        .. FileTargets.All(),
        .. SessionTargets.All(),
    ];
}
