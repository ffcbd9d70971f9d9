namespace Ledger.Workload;

/// <summary>The latent trait that makes a student do an activity more or less often than others.</summary>
public enum Trait
{
    /// <summary>All students alike.</summary>
    None,

    /// <summary>Able students more often.</summary>
    Ability,

    /// <summary>Able students less often.</summary>
    Struggle,

    /// <summary>Diligent students more often.</summary>
    Diligence,

    /// <summary>Sociable students more often.</summary>
    Sociability,

    /// <summary>Students who annotate what they read more often.</summary>
    Annotation,
}
