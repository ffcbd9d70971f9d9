namespace Ledger.Fuzz;

/// <summary>What meets the inputs of one run of a target, with the state that it keeps between them.</summary>
internal interface IFuzzSession : IDisposable
{
    /// <summary>
    /// Gives the bytes to the decoder; whether it took them. Exceptions that the decoder declares count as a refusal;
    /// every other one is a finding.
    /// </summary>
    bool Take(byte[] input);
}
