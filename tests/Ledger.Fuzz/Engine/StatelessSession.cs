namespace Ledger.Fuzz;

/// <summary>A decoder without state.</summary>
internal sealed class StatelessSession(Func<byte[], bool> take) : IFuzzSession
{
    public bool Take(byte[] input) => take(input);

    public void Dispose()
    {
        // Nothing is held.
    }
}
