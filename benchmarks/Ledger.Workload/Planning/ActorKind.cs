namespace Ledger.Workload;

/// <summary>Who signs.</summary>
public enum ActorKind
{
    /// <summary>An institution, by its index in <see cref="Schools.All"/>.</summary>
    Institution,

    /// <summary>A learner, by the position in <see cref="PaperSample.Students"/>.</summary>
    Learner,
}
