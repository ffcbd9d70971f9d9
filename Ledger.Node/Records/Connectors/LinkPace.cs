namespace Ledger.Node.Records.Connectors;

/// <summary>How often a link works, and how it behaves towards a store that fails.</summary>
/// <param name="PollEvery">Time between rounds when all is well and nothing waits.</param>
/// <param name="PauseMax">The longest time between rounds while a link fails; it doubles up to that.</param>
/// <param name="RetryDelay">Time before a request is sent again; it doubles with each retry.</param>
/// <param name="Retries">How often a request is sent again.</param>
/// <param name="BreakAfter">So many failed requests open the circuit, where none succeeds meanwhile.</param>
/// <param name="Sampling">Failures are counted over so long.</param>
/// <param name="BreakFor">How long an open circuit spares the other store.</param>
/// <param name="AttemptTime">How long one request may take.</param>
public sealed record LinkPace(
    TimeSpan PollEvery,
    TimeSpan PauseMax,
    TimeSpan RetryDelay,
    int Retries,
    int BreakAfter,
    TimeSpan Sampling,
    TimeSpan BreakFor,
    TimeSpan AttemptTime)
{
    /// <summary>
    /// For stores of other machines: a record waits five seconds at most where all is well, a restart of the other
    /// store is bridged by retries, and a store that is down is asked every five minutes at the least.
    /// </summary>
    public static LinkPace Ordinary { get; } = new(
        PollEvery: TimeSpan.FromSeconds(5),
        PauseMax: TimeSpan.FromMinutes(5),
        RetryDelay: TimeSpan.FromSeconds(1),
        Retries: 3,
        BreakAfter: 4,
        Sampling: TimeSpan.FromMinutes(1),
        BreakFor: TimeSpan.FromSeconds(30),
        AttemptTime: TimeSpan.FromSeconds(60));
}
