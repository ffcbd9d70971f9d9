namespace Ledger.Node.Sealing;

/// <summary>
/// The kinds of digests by which tables outside of the record store are searched: each its own, so that equal texts in
/// two files do not show that they are equal.
/// </summary>
internal static class DigestKinds
{
    /// <summary>The range of a record in custody.</summary>
    public const byte CustodyRange = 200;

    /// <summary>The learner of a copy that was read by a grant.</summary>
    public const byte CopyLearner = 201;

    /// <summary>The verb of such a copy.</summary>
    public const byte CopyVerb = 202;

    /// <summary>A record that a link could not move.</summary>
    public const byte RefusedRecord = 203;

    /// <summary>A learner of whom an answer about a cohort was.</summary>
    public const byte CohortLearner = 204;

    /// <summary>A learner of whom a research table was.</summary>
    public const byte ResearchLearner = 205;

    /// <summary>An account that is paired with a learner.</summary>
    public const byte PairedAccount = 206;
}
