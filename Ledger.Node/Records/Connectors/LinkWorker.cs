using System.Data.Common;
using Polly.CircuitBreaker;

namespace Ledger.Node.Records.Connectors;

/// <summary>Runs one link: round after round, with pauses that grow while it fails. A failure ends nothing.</summary>
internal sealed partial class LinkWorker : IAsyncDisposable
{
    private readonly LinkSettings settings;
    private readonly ILinkRound round;
    private readonly LinkHttp http;
    private readonly ILinkJournal journal;
    private readonly LinkPace pace;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    public LinkWorker(
        LinkSettings settings,
        ILinkRound round,
        LinkHttp http,
        ILinkJournal journal,
        LinkPace pace,
        TimeProvider clock,
        ILogger logger)
    {
        this.settings = settings;
        this.round = round;
        this.http = http;
        this.journal = journal;
        this.pace = pace;
        this.clock = clock;
        this.logger = logger;
    }

    /// <summary>The link now.</summary>
    public LinkStatus Status()
    {
        LinkProgress progress = journal.Read(settings.Name);
        LinkState state = http.IsOpen ? LinkState.Open
            : progress.FailingSince is null ? LinkState.Working
            : LinkState.Failing;
        return new LinkStatus(settings, state, progress);
    }

    /// <summary>Begins.</summary>
    public void Start() => running = Task.Run(() => RunAsync(stop.Token));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
        http.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        int failures = 0;
        try
        {
            while (true)
            {
                string? error = await TryRoundAsync(cancellation);
                failures = error is null ? 0 : failures + 1;
                await Task.Delay(Pause(failures), clock, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The node ends; what was moved is on disk.
        }
    }

    private async Task<string?> TryRoundAsync(CancellationToken cancellation)
    {
        try
        {
            while (await round.RunAsync(cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (journal.Read(settings.Name).FailingSince is not null)
            {
                journal.Recovered(settings.Name);
                Works(settings.Name);
            }

            return null;
        }
        catch (LinkException problem) when (problem.InnerException is BrokenCircuitException)
        {
            // Why the circuit opened stays the last error.
            return problem.Message;
        }
        catch (LinkException problem)
        {
            return Note(problem.Message);
        }
        catch (Exception problem) when (problem is DbException or RecordStoreException)
        {
            return Note(FaultText.Of(problem));
        }
        catch (Exception problem) when (problem is not Primitives.InvariantException
            && !(problem is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            // The worker's edge: a fault in one link must neither end the others nor stay unseen.
            Broken(settings.Name, FaultText.Of(problem));
            return Note($"An error of the program: {problem.GetType().Name}");
        }
    }

    // A journal that cannot be written must not end the link: its next round finds that out, and waits.
    private string Note(string error)
    {
        try
        {
            if (journal.Read(settings.Name).LastError != error)
            {
                Fails(settings.Name, error);
            }

            journal.Failed(settings.Name, error);
        }
        catch (DbException problem)
        {
            Fails(settings.Name, $"{error} And this could not be kept: {FaultText.Of(problem)}");
        }

        return error;
    }

    private TimeSpan Pause(int failures)
    {
        double wanted = pace.PollEvery.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30));
        return TimeSpan.FromMilliseconds(Math.Min(wanted, Math.Max(
            pace.PauseMax.TotalMilliseconds, pace.PollEvery.TotalMilliseconds)));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Link {Link} fails: {Error}")]
    private partial void Fails(string link, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Link {Link} works again")]
    private partial void Works(string link);

    [LoggerMessage(Level = LogLevel.Error, Message = "Link {Link} met an error of the program: {Fault}")]
    private partial void Broken(string link, string fault);
}
