using System.Net;
using Ledger.Devnet;

namespace Ledger.Benchmarks;

/// <summary>
/// A fresh consortium of four for one run, below one ignored folder; stopped at the end, and removed unless it is kept.
/// </summary>
public sealed class Workspace : IAsyncDisposable
{
    private readonly bool keep;

    private Workspace(LocalConsortium consortium, bool keep)
    {
        Consortium = consortium;
        this.keep = keep;
    }

    /// <summary>The consortium; it serves.</summary>
    public LocalConsortium Consortium { get; }

    /// <summary>Makes and starts four nodes in a folder, which must be new or left over from a run before.</summary>
    public static async Task<Workspace> StartAsync(string folder, bool keep)
    {
        if (LocalConsortium.Load(folder) is { } before)
        {
            await before.StopAsync();
            Directory.Delete(folder, recursive: true);
        }

        LocalConsortium consortium = await LocalConsortium.CreateAsync(
            DevnetPlan.New(folder, DevnetPlan.NodesMin, _ => IPAddress.Loopback));
        Workspace workspace = new(consortium, keep);
        try
        {
            await consortium.StartAsync(detached: keep);
            return workspace;
        }
        catch
        {
            await consortium.StopAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!keep)
        {
            await Consortium.StopAsync();
        }
    }
}
