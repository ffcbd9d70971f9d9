namespace Ledger.Benchmarks.Replay;

/// <summary>
/// How much one client may have handed in without a decision; it waits where there is more. A node's pool would refuse
/// what goes beyond a signer's share, and what waits for minutes expires. One sender takes, anybody gives back.
/// </summary>
public sealed class SubmissionWindow : IDisposable
{
    /// <summary>A full block: those of four clients keep four blocks' work ready, and wait seconds for it.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>
    /// The grain: small transactions fill the window at 4,096, half of what a node lets wait in one stream.
    /// </summary>
    private const int UnitBytes = 1024;

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
