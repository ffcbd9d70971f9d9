using System.Net;
using Ledger.Devnet;

namespace Ledger.Benchmarks;

/// <summary>
/// A fresh consortium for one run, below one ignored folder; stopped at the end unless it is kept. Its files stay for a
/// look until the next run there.
/// </summary>
public sealed class Workspace : IAsyncDisposable
{
    private readonly RunLock runLock;
    private readonly bool keep;

    private Workspace(RunLock runLock, LocalConsortium consortium, bool keep)
    {
        this.runLock = runLock;
        Consortium = consortium;
        this.keep = keep;
    }

    /// <summary>The consortium; it serves.</summary>
    public LocalConsortium Consortium { get; }

    /// <summary>Makes and starts four nodes in a folder, which must be new or left over from a run before.</summary>
    public static Task<Workspace> StartAsync(string folder, bool keep) =>
        StartAsync(folder, DevnetPlan.NodesMin, keep, static _ => { });

    /// <summary>
    /// Makes and starts nodes in a folder, which must be new or left over from a run before;
    /// <paramref name="prepare"/> may change what they were configured to, before they start.
    /// </summary>
    public static async Task<Workspace> StartAsync(
        string folder, int nodes, bool keep, Action<IReadOnlyList<DevnetNode>> prepare)
    {
        RunLock runLock = RunLock.Take(folder);
        LocalConsortium? consortium = null;
        try
        {
            await RemoveAsync(folder);
            consortium = await CreateAsync(folder, nodes);
            prepare(consortium.Plan.Nodes);

            // Detached, so that an interrupt of the terminal reaches this program alone, which then stops the nodes.
            await consortium.StartAsync(detached: true);
            return new Workspace(runLock, consortium, keep);
        }
        catch
        {
            await (consortium?.StopAsync() ?? Task.CompletedTask);
            runLock.Dispose();
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

        runLock.Dispose();
    }

    private static async Task RemoveAsync(string folder)
    {
        if (LocalConsortium.Load(folder) is { } before)
        {
            await before.StopAsync();
            Directory.Delete(folder, recursive: true);
        }
        else if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new BenchmarkException(
                $"{folder} holds something that is no whole consortium, maybe of a run that was killed. "
                + $"Remove it: rm -r {folder}");
        }
    }

    // Half a consortium would stand in the way of the next run.
    private static async Task<LocalConsortium> CreateAsync(string folder, int nodes)
    {
        bool isNew = !Directory.Exists(folder);
        try
        {
            return await LocalConsortium.CreateAsync(DevnetPlan.New(folder, nodes, _ => IPAddress.Loopback));
        }
        catch when (isNew && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }
}
