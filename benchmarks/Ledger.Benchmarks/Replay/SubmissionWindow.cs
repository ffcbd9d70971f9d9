namespace Ledger.Benchmarks.Replay;

/// <summary>
/// How much one client may have handed in without a decision. A node's pool gives each signer a quarter of 128 MiB, so
/// that a client which hands in more is refused; this one waits instead. One sender takes, anybody gives back.
/// </summary>
public sealed class SubmissionWindow : IDisposable
{
    /// <summary>Half of a signer's share of the pool: an operation takes up more there than its bytes.</summary>
    public const int BytesMax = 16 * 1024 * 1024;

    /// <summary>The grain: half of the transactions that a node lets wait in one stream fill the window.</summary>
    private const int UnitBytes = 4 * 1024;

    private readonly SemaphoreSlim units = new(BytesMax / UnitBytes, BytesMax / UnitBytes);

    /// <summary>Waits until there is room for so many bytes, and takes it.</summary>
    public async Task TakeAsync(int bytes, CancellationToken cancellation)
    {
        for (int unit = 0; unit < UnitsOf(bytes); unit++)
        {
            await units.WaitAsync(cancellation);
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Return(int bytes) => units.Release(UnitsOf(bytes));

    /// <inheritdoc/>
    public void Dispose() => units.Dispose();

    private static int UnitsOf(int bytes) => (bytes + UnitBytes - 1) / UnitBytes;
}
