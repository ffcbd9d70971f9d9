using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.CommandLine.Hosting;

/// <summary>The measures as the profile's node lists them.</summary>
internal static class MeasureBook
{
    /// <summary>All of them, in order of number.</summary>
    public static async Task<IReadOnlyList<(ulong Number, MeasureProposal Measure)>> ListAsync(
        Session session, CancellationToken cancellation)
    {
        List<(ulong, MeasureProposal)> all = [];
        await foreach (StateItem<MeasureProposal> item in session.Client.ListInstancesAsync(
            [(byte)StateKind.Measure], MeasureProposal.Parser, cancellation).ConfigureAwait(false))
        {
            all.Add((item.Number, item.Value));
        }

        return all;
    }

    /// <summary>The number of an open measure with this content, or 0.</summary>
    public static async Task<ulong> FindOpenAsync(Session session, Measure measure, CancellationToken cancellation)
    {
        IReadOnlyList<(ulong Number, MeasureProposal Measure)> all =
            await ListAsync(session, cancellation).ConfigureAwait(false);
        return all.LastOrDefault(one => one.Measure.Measure.Equals(measure)
            && StateOf(session, one.Measure) == BallotState.Open).Number;
    }

    /// <summary>
    /// The state of a ballot as it is now: the ledger writes down that one has expired only when it comes upon it.
    /// </summary>
    public static BallotState StateOf(Session session, MeasureProposal measure) =>
        measure.Ballot.State == BallotState.Open
        && measure.Ballot.EndUnixMs <= session.Time.GetUtcNow().ToUnixTimeMilliseconds()
            ? BallotState.Expired
            : measure.Ballot.State;

    /// <summary>Proposes the measure, or votes for the open one that says the same.</summary>
    public static async Task<Answer> ProposeOrVoteAsync(
        Session session, Measure measure, CancellationToken cancellation)
    {
        ulong open = await FindOpenAsync(session, measure, cancellation).ConfigureAwait(false);
        return await SendAsync(
            session,
            open == 0
                ? Operations.MeasurePropose(measure)
                : Operations.MeasureVote(open, approve: true),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends a proposal or a vote, and tells what it decided.</summary>
    public static async Task<Answer> SendAsync(
        Session session, Operation operation, CancellationToken cancellation)
    {
        (Answer answer, OperationResult? result) = await TransactionSender.SendOneAsync(
            session, operation, cancellation).ConfigureAwait(false);
        if (result is not { Code: ResultCode.Accepted })
        {
            return answer;
        }

        answer.Field("measure", result.Number).Field("ballot", result.Ballot.ToString().ToLowerInvariant());
        return result.Ballot switch
        {
            BallotState.Approved when result.WithoutEffect == ResultCode.Unspecified =>
                answer.Note("This vote decided it: the measure is in force."),
            BallotState.Approved => answer.Note(
                "This vote decided it, but the measure no longer applies: "
                + ResultCodeText.Of(result.WithoutEffect)),
            BallotState.Rejected => answer.Note("This vote decided it: the measure is rejected."),
            BallotState.Unspecified or BallotState.Open or BallotState.Expired => answer.Note(
                $"The ballot is open: the other members vote with: ledger measure vote {result.Number} approve"),
            _ => answer,
        };
    }
}
