namespace Ledger.Contracts.LearnerProvider;

/// <summary>How much one LLPC holds open. Each limit bounds a value that is written as a whole.</summary>
public static class LlpcLimits
{
    /// <summary>Requests that wait for the learner; one a requester.</summary>
    public const int PendingRequestsMax = 64;

    /// <summary>How far a right may be passed on: the learner's grant, its grantee's, and one more.</summary>
    public const int GrantDepthMax = 3;

    /// <summary>Open grants under one root grant.</summary>
    public const int SubGrantsMax = 64;

    /// <summary>Open grants of an LLPC: the value that proves them stays below 64 KiB.</summary>
    public const int LiveGrantsMax = 256;
}
