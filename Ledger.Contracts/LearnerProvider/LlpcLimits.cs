namespace Ledger.Contracts.LearnerProvider;

/// <summary>How much one LLPC holds open. Each limit bounds a value that is written as a whole.</summary>
public static class LlpcLimits
{
    /// <summary>Requests that wait for the learner; one a requester.</summary>
    public const int PendingRequestsMax = 64;

    /// <summary>
    /// Requests of one institution that wait, over all LLPCs: a school of a thousand learners asks for four verbs each,
    /// and nobody fills the state or the learners' inboxes.
    /// </summary>
    public const int OpenRequestsMax = 4_096;

    /// <summary>A request that nobody has answered ends after 30 days of block time.</summary>
    public const long RequestMs = 30L * 24 * 60 * 60 * 1_000;

    /// <summary>Scores of one record, corrections included: their history is kept for ever.</summary>
    public const int ScoresMax = 16;

    /// <summary>How far a right may be passed on: the learner's grant, its grantee's, and one more.</summary>
    public const int GrantDepthMax = 3;

    /// <summary>Open grants under one root grant.</summary>
    public const int SubGrantsMax = 64;

    /// <summary>Open grants of an LLPC: the value that proves them stays below 64 KiB.</summary>
    public const int LiveGrantsMax = 256;
}
