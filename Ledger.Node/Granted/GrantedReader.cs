using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>
/// Reads records of other institutions in this institution's name, from all boxes side by side, and verifies each of
/// them from the node's own head, which it has decided itself: at no older state, and without a word on former keys.
/// </summary>
/// <param name="chainId">The chain.</param>
/// <param name="identity">The institution's key.</param>
/// <param name="genesis">What is trusted while the ledger has no block.</param>
/// <param name="chain">The node's own chain.</param>
/// <param name="sources">Which boxes to ask.</param>
/// <param name="ask">Asks a box; throws <see cref="LedgerClientException"/>.</param>
/// <param name="time">The clock.</param>
public sealed class GrantedReader(
    Hash256 chainId,
    SigningKey identity,
    TrustRoot genesis,
    ChainState chain,
    GrantedSources sources,
    Func<NodeEndpoint, BoxRequest, CancellationToken, Task<BoxAnswer>> ask,
    TimeProvider time)
{
    /// <summary>Records of all boxes together: more is to be narrowed by verb, time or activity.</summary>
    public const int RecordsMax = 5_000;

    private const int BadGateway = StatusCodes.Status502BadGateway;

    private readonly CallerIdentity caller = new(identity.Address, identity);

    /// <summary>All records that a query wants, verified; or why there is no answer.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="purpose">What the boxes are told that it is for.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<GrantedAnswer> ReadAsync(GrantedQuery query, string purpose, CancellationToken cancellation)
    {
        LedgerHead head = chain.Head;
        TrustRoot trust = TrustOf(head);
        long now = Math.Max(head.Header.TimeUnixMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        GrantedAnswer[] answers = await Task.WhenAll(sources.Questions(head, query, now).Select(one => ReadBoxAsync(
            head, trust, one.Box, one.Verbs, query, one.Purpose.Length == 0 ? purpose : one.Purpose, one.Openings,
            cancellation)));
        if (answers.FirstOrDefault(static answer => answer.Refusal is not null) is { } refused)
        {
            return refused;
        }

        // By two grants a box may give a record twice.
        GrantedRecord[] all =
        [
            .. answers.SelectMany(static answer => answer.Records)
                .DistinctBy(static one => (one.Writer, one.Record.Leaf.Commitment)),
        ];
        return all.Length <= RecordsMax ? new GrantedAnswer(all, null) : TooMany();
    }

    /// <summary>The same of verbs at one box, with the limits that are opened to it.</summary>
    public Task<GrantedAnswer> ReadBoxAsync(
        Address box,
        string[] verbs,
        GrantedQuery query,
        string purpose,
        IReadOnlyList<LimitsOpening> openings,
        CancellationToken cancellation)
    {
        LedgerHead head = chain.Head;
        return ReadBoxAsync(head, TrustOf(head), box, verbs, query, purpose, openings, cancellation);
    }

    private async Task<GrantedAnswer> ReadBoxAsync(
        LedgerHead head,
        TrustRoot trust,
        Address box,
        string[] verbs,
        GrantedQuery query,
        string purpose,
        IReadOnlyList<LimitsOpening> openings,
        CancellationToken cancellation)
    {
        if (head.State.CurrentKey(box) is not { } key
            || head.State.Endpoint(box, EndpointKind.Box) is not { } uri
            || !NodeEndpoint.TryParse(uri, null, out NodeEndpoint? endpoint, out _))
        {
            return Failed(StatusCodes.Status503ServiceUnavailable, "UNREACHABLE", box, "it has published no box");
        }

        BoxReader reader = new(caller, trust, time);
        List<GrantedRecord> records = [];
        Queue<BoxQuery> questions = new([new BoxQuery(box, query.Learner, verbs)
        {
            Purpose = purpose, Filter = query.Filter, Openings = openings, HeightMin = head.Height,
            WithSuperseded = query.WithSuperseded,
        }]);
        while (questions.TryDequeue(out BoxQuery? question))
        {
            try
            {
                BoxRequest request = reader.Sign(question);
                BoxReading reading = reader.Check(
                    question, request, await ask(endpoint, request, cancellation), key);
                if (reading.Report.Verdict == Verdict.Failed)
                {
                    return Failed(BadGateway, "NOT_VERIFIED", box, FirstFault(reading.Report));
                }

                if (reading.Bundle.Writers.Any(static writer => writer.Unavailable.Count > 0))
                {
                    return Failed(
                        StatusCodes.Status503ServiceUnavailable, "UNAVAILABLE", box, "its store lacks a record now");
                }

                records.AddRange(Take(box, reading));
                foreach ((string verb, ulong from) in reading.Unfinished)
                {
                    questions.Enqueue(question with { Verbs = [verb], FromIndex = from });
                }
            }
            catch (LedgerClientException failure)
            {
                return Failed(StatusOf(failure.Kind), failure.Kind.ToString().ToUpperInvariant(), box, failure.Message);
            }

            if (records.Count > RecordsMax)
            {
                return TooMany();
            }
        }

        // Where writers of a verb end at different places, the further one is asked for some of its records again.
        return new GrantedAnswer(
            [.. records.DistinctBy(static one => (one.Writer, one.Record.Leaf.Commitment))], null);
    }

    private TrustRoot TrustOf(LedgerHead head)
    {
        if (head.Height == 0)
        {
            return genesis;
        }

        return TrustRoot.TryFromCheckpoint(
            chainId, head.Header.Encode(), head.NextSet.Encode(), out TrustRoot? own)
                ? own
                : throw new InvariantException("the node's own head names its next set");
    }

    private static IEnumerable<GrantedRecord> Take(Address box, BoxReading reading) =>
        SingleRecord.Receipts(reading.Bundle)
            .Where(static one => one.Record.Type == RecordTypeNames.Xapi)
            .Select(one => new GrantedRecord(
                box, new Address(one.Writer.Span), reading.Report.Height!.Value, one.Record, one.ProofFileBytes));

    private static string FirstFault(VerificationReport report) =>
        report.Steps.First(static step => step.Verdict == Verdict.Failed).Sentence;

    private static int StatusOf(ClientFailure kind) => kind switch
    {
        ClientFailure.Refused => StatusCodes.Status403Forbidden,
        ClientFailure.WrongUse => StatusCodes.Status400BadRequest,
        ClientFailure.NotVerified => BadGateway,
        ClientFailure.Unreachable or ClientFailure.Undecided => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static GrantedAnswer Failed(int status, string code, Address box, string why) => GrantedAnswer.Refuse(
        new GrantedRefusal(status, code, $"The box of {box} gave nothing that can be used: {why}"));

    private static GrantedAnswer TooMany() => GrantedAnswer.Refuse(new GrantedRefusal(
        StatusCodes.Status400BadRequest,
        "TOO_MANY",
        $"There are more than {RecordsMax} records: narrow the question by verb, activity, since or until."));
}
