namespace Ledger.Benchmarks.Load;

/// <summary>How one operation of a client ended.</summary>
public enum LoadEnd
{
    /// <summary>Acknowledged: decided and accepted, or answered.</summary>
    Done,

    /// <summary>The system under load said that it has no room now; counted apart, and in no latency.</summary>
    Refused,

    /// <summary>Nothing is prepared any more: the client has sent nothing.</summary>
    Exhausted,
}
