using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// The campus's own xAPI store behind the box: what a link has brought from it is asked for there anew, by the id of
/// the statement, and never taken from the node's copy. The node keeps what the store cannot have: the salt, and the
/// way from the ledger's locator to the id. All other records come from where they are kept.
/// </summary>
public sealed class CampusSource : IRecordSource, IDisposable
{
    /// <summary>Statements that are asked for side by side: a campus's store has others to serve.</summary>
    private const int AtOnceMax = 8;

    private const int NotFound = 404;

    /// <summary>A reader waits for it: one more try, and a store that fails all the time is left alone.</summary>
    private static readonly LinkPace Pace = new(
        PollEvery: TimeSpan.FromSeconds(1),
        PauseMax: TimeSpan.FromSeconds(2),
        RetryDelay: TimeSpan.FromMilliseconds(200),
        Retries: 1,
        BreakAfter: 16,
        Sampling: TimeSpan.FromMinutes(1),
        BreakFor: TimeSpan.FromSeconds(10),
        AttemptTime: TimeSpan.FromSeconds(4));

    private readonly Address self;
    private readonly RecordStore store;
    private readonly IRecordSource others;
    private readonly LinkSettings link;
    private readonly XapiRequests requests;
    private readonly LinkHttp http;
    private readonly TimeProvider time;

    /// <summary>Asks the store of a link for what the link brought, and the other source for the rest.</summary>
    public CampusSource(
        Address self, RecordStore store, IRecordSource others, LinkSettings link, string secret, TimeProvider time)
    {
        Invariant.That(link.Kind == LinkKind.PullXapi, "only an xAPI store gives a record by its id");
        this.self = self;
        this.store = store;
        this.others = others;
        this.link = link;
        this.time = time;
        requests = new XapiRequests(link, secret);
        http = new LinkHttp(Pace, time);
    }

    /// <inheritdoc/>
    /// <exception cref="RecordSourceException">
    /// The campus's store cannot be asked now, or does not let this node in.
    /// </exception>
    public async Task<IReadOnlyList<KeptRecord?>> FindAsync(
        Address writer, IReadOnlyList<Locator> places, CancellationToken end)
    {
        StoredRecord?[] brought = [.. places.Select(place => Brought(writer, place))];
        Locator[] elsewhere = [.. places.Where((_, at) => brought[at] is null)];
        Queue<KeptRecord?> rest = new(elsewhere.Length == 0 ? [] : await others.FindAsync(writer, elsewhere, end));
        KeptRecord?[] found = [.. brought.Select(record => record is null ? rest.Dequeue() : null)];
        if (elsewhere.Length == places.Count)
        {
            return found;
        }

        try
        {
            await requests.LearnVersionAsync(http, end);
            await Parallel.ForAsync(
                0,
                found.Length,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = end },
                async (at, token) =>
                {
                    if (brought[at] is { } record)
                    {
                        found[at] = await AskAsync(record, token);
                    }
                });
        }
        catch (LinkException problem)
        {
            throw new RecordSourceException($"The store of link {link.Name}: {problem.Message}", problem);
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private StoredRecord? Brought(Address writer, Locator place) =>
        writer == self
        && store.Find(place.KeyVersion, HashedId.Read(place.HashedId.Span)) is { } record
        && record.Type == RecordType.XapiStatement
        && record.Authority == link.Authority
            ? record
            : null;

    // A statement that was voided is given by another parameter; on the ledger it stands as before.
    private async Task<KeptRecord?> AskAsync(StoredRecord record, CancellationToken end) =>
        await AskAsync(record, "statementId", end) ?? await AskAsync(record, "voidedStatementId", end);

    private async Task<KeptRecord?> AskAsync(StoredRecord record, string parameter, CancellationToken end)
    {
        Uri address = requests.Statements($"?{parameter}={Uri.EscapeDataString(record.Id)}");
        LinkAnswer answer = await http.SendAsync(() => requests.Get(address), end);
        if (answer.Status == NotFound)
        {
            return null;
        }

        return new KeptRecord(record.Type, record.Time, Committed(answer.Page(), record), record.Salt);
    }

    // By the rules of intake, as it was read when it was committed. What keeps no rule any more is handed on as it is:
    // its commitment is not the ledger's, and the box says so.
    private ReadOnlyMemory<byte> Committed(ReadOnlyMemory<byte> body, StoredRecord record)
    {
        try
        {
            IntakeRecord read = StatementRules.ReadStatement(
                JsonTree.Parse(body.Span).Root, requests.Version, time.GetUtcNow(), Guid.Parse(record.Id));
            return read.Committed;
        }
        catch (RecordFormatException)
        {
            return body;
        }
    }
}
