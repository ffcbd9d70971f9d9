using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>
/// Reads records of other institutions in this institution's name, from all boxes side by side, and verifies each of
/// them from the node's own root of trust, at no older state than its own head.
/// </summary>
public sealed class GrantedReader(
    Hash256 chainId, SigningKey identity, TrustRoot trust, ChainState chain, GrantedSources sources, TimeProvider time)
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
        long now = Math.Max(head.Header.TimeUnixMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        GrantedAnswer[] answers = await Task.WhenAll(sources.Find(head, query, now)
            .SelectMany(static box => box.Value.Chunk(BoxLimits.VerbsMax).Select(verbs => (box.Key, verbs)))
            .Select(one => ReadBoxAsync(head, one.Key, one.verbs, query, purpose, cancellation)));
        if (answers.FirstOrDefault(static answer => answer.Refusal is not null) is { } refused)
        {
            return refused;
        }

        GrantedRecord[] all = [.. answers.SelectMany(static answer => answer.Records)];
        return all.Length <= RecordsMax ? new GrantedAnswer(all, null) : TooMany();
    }

    private async Task<GrantedAnswer> ReadBoxAsync(
        LedgerHead head,
        Address box,
        string[] verbs,
        GrantedQuery query,
        string purpose,
        CancellationToken cancellation)
    {
        if (head.State.CurrentKey(box) is not { } key
            || head.State.Endpoint(box, EndpointKind.Box) is not { } uri
            || !NodeEndpoint.TryParse(uri, null, out NodeEndpoint? endpoint, out _))
        {
            return Failed(StatusCodes.Status503ServiceUnavailable, "UNREACHABLE", box, "it has published no box");
        }

        using LedgerClient client = new(endpoint, chainId, caller, time);
        List<GrantedRecord> records = [];
        Queue<BoxQuery> questions = new([new BoxQuery(box, query.Learner, verbs)
        {
            Purpose = purpose, Filter = query.Filter, HeightMin = head.Height,
        }]);
        while (questions.TryDequeue(out BoxQuery? question))
        {
            try
            {
                BoxReading reading = await new BoxReader(caller, trust, time)
                    .ReadAsync(client, key, question, cancellation);
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
