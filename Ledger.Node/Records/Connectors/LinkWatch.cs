using Ledger.Client.Keys;
using Ledger.Node.Configuration;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Looks after the file of links, so that a link begins, changes or ends while the node runs. The file is written after
/// the secrets that it needs. Where it cannot be used, the links go on as they were, and the log says why.
/// </summary>
internal sealed partial class LinkWatch : IAsyncDisposable
{
    /// <summary>How soon a change is seen: a person waits for it, and a look costs nothing.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly LinkSet links;
    private readonly Func<IReadOnlyDictionary<string, string>?> openSecrets;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private FileStamp seen;

    /// <summary>Begins to look.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seen">The stamp of the file before the links that run were read from it.</param>
    /// <param name="links">The links that run.</param>
    /// <param name="openSecrets">
    /// Reads the secrets by links' names; null where the password that opens them is in no file.
    /// </param>
    /// <param name="every">How often to look.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    public LinkWatch(
        string path,
        FileStamp seen,
        LinkSet links,
        Func<IReadOnlyDictionary<string, string>?> openSecrets,
        TimeSpan every,
        TimeProvider clock,
        ILogger logger)
    {
        this.path = path;
        this.seen = seen;
        this.links = links;
        this.openSecrets = openSecrets;
        this.logger = logger;
        running = Task.Run(() => RunAsync(every, clock));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private async Task RunAsync(TimeSpan every, TimeProvider clock)
    {
        using PeriodicTimer timer = new(every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                FileStamp now = FileStamp.Of(path);
                if (now != seen)
                {
                    seen = now;
                    await ChangeAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The node ends.
        }
    }

    private async Task ChangeAsync()
    {
        try
        {
            IReadOnlyList<LinkSettings> wanted = LinksFile.Load(path);
            if (openSecrets() is not { } secrets)
            {
                NeedsRestart(path);
                return;
            }

            await links.ChangeAsync(wanted, name => secrets.TryGetValue(name, out string? secret)
                ? secret
                : throw new ConfigurationException($"There is no secret of link {name}. Add the link again."));
            Changed(string.Join(", ", wanted.Select(static link => link.Name)));
        }
        catch (Exception problem) when (
            problem is ConfigurationException or KeyFileException or IOException or UnauthorizedAccessException)
        {
            NotChanged(problem.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Links were changed; these are at work: {Links}")]
    private partial void Changed(string links);

    [LoggerMessage(Level = LogLevel.Error, Message = "Links go on as they were: {Problem}")]
    private partial void NotChanged(string problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{File} was changed. The node's password is in no file, so start the node again for the change.")]
    private partial void NeedsRestart(string file);
}
