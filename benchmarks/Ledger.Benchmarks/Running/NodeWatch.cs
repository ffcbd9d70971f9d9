using Ledger.Devnet;

namespace Ledger.Benchmarks.Running;

/// <summary>Watches the nodes' processes during a run: when one ends, the run ends, and says so.</summary>
public sealed class NodeWatch : IAsyncDisposable
{
    /// <summary>Often enough that nothing is measured for long without a node.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>Lines of its log that are shown.</summary>
    private const int LogLines = 8;

    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task watching;
    private string? loss;

    /// <summary>Begins to watch.</summary>
    public NodeWatch(IReadOnlyList<DevnetNode> nodes)
    {
        watching = Task.Run(() => WatchAsync(nodes));
    }

    /// <summary>Is cancelled when a node has ended.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>Throws where a node has ended.</summary>
    /// <exception cref="BenchmarkException">The text names the node and shows the end of its log.</exception>
    public void RequireAll()
    {
        if (Volatile.Read(ref loss) is { } text)
        {
            throw new BenchmarkException(text);
        }
    }

    /// <summary>
    /// Runs work with the nodes. Where it fails because a node has ended, that is what is told: a failure of a call may
    /// come before the watch sees why.
    /// </summary>
    /// <exception cref="BenchmarkException">A node has ended.</exception>
    public async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch
        {
            await Task.WhenAny(watching, Task.Delay(2 * Between));
            RequireAll();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
        ended.Dispose();
    }

    private async Task WatchAsync(IReadOnlyList<DevnetNode> nodes)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (nodes.FirstOrDefault(node => LocalConsortium.Ready(node) is null) is { } lost)
            {
                Volatile.Write(ref loss, Describe(lost));
                await ended.CancelAsync();
                return;
            }

            await Task.WhenAny(Task.Delay(Between, stopping.Token));
        }
    }

    private static string Describe(DevnetNode node)
    {
        string[] log = File.Exists(node.LogFile) ? [.. File.ReadLines(node.LogFile).TakeLast(LogLines)] : ["(no log)"];
        return $"The node of {node.Name} ended during the run, so the run ended too; what was measured before is kept "
            + $"as partial. Run the command again. The end of {node.LogFile}:\n{string.Join('\n', log)}";
    }
}
