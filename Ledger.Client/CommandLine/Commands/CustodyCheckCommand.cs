using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Custody;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Whether somebody would keep an institution's records if it closed, and how far that is prepared.</summary>
internal static class CustodyCheckCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> who = Parties.InstitutionOrMe();
        return host.Verb(
            "check",
            "Tells who would keep an institution's records, and which of them are confirmed. Exit code 5 when nobody "
                + "would, or when some are not confirmed.",
            "ledger custody check me",
            [who],
            async (session, cancellation) =>
            {
                Address institution = await Parties.ReadInstitutionAsync(
                    session, session.Required(who), cancellation).ConfigureAwait(false);
                IReadOnlyList<Address> custodians = await CustodyAdvice.CustodiansAsync(
                    session, institution, cancellation).ConfigureAwait(false);
                List<object?[]> open = await UnconfirmedAsync(session, institution, custodians, cancellation)
                    .ConfigureAwait(false);
                Answer answer = new Answer()
                    .Field("custodians", string.Join(", ", custodians))
                    .Table("not confirmed", ["learner", "verb", "records"], open);
                if (custodians.Count == 0)
                {
                    answer.Note(CustodyAdvice.NoCustodian(institution.ToString()));
                }

                return custodians.Count == 0 || open.Count > 0 ? answer.With(ExitCode.Undecided) : answer;
            });
    }

    private static async Task<List<object?[]>> UnconfirmedAsync(
        Session session, Address institution, IReadOnlyList<Address> custodians, CancellationToken cancellation)
    {
        List<object?[]> rows = [];
        HashSet<(ByteString Learner, string Verb)> seen = [];
        await foreach (StateItem<IndexEntry> entry in session.Client.ListInstancesAsync(
            StateKeys.Prefix(StateKind.ProviderIndexEntry, institution), IndexEntry.Parser, cancellation)
            .ConfigureAwait(false))
        {
            if (!seen.Add((entry.Value.Learner, entry.Value.Verb)))
            {
                continue;
            }

            LlpcName llpc = new(new Address(entry.Value.Learner.Span), entry.Value.Verb);
            RecordRange range = await ValueAsync(
                session, StateKeys.RecordRange(llpc, institution), RecordRange.Parser, cancellation)
                .ConfigureAwait(false);
            RangeCustody custody = await ValueAsync(
                session, StateKeys.RangeCustody(llpc, institution), RangeCustody.Parser, cancellation)
                .ConfigureAwait(false);
            bool isConfirmed = custody.Copies.Any(copy => CopyCompleteness.IsWhole(range, copy)
                && custodians.Contains(new Address(copy.Custodian.Span)));
            if (range.Count > range.Erased && !isConfirmed)
            {
                rows.Add(
                [
                    Parties.Show(entry.Value.Learner), VerbTable.Standard.Format(entry.Value.Verb),
                    range.Count - range.Erased,
                ]);
            }
        }

        return rows;
    }

    private static async Task<T> ValueAsync<T>(
        Session session, StateKey key, MessageParser<T> parser, CancellationToken cancellation)
        where T : IMessage<T>
    {
        StateEvidence evidence = await session.Client.GetStateAsync(key.Raw, cancellation).ConfigureAwait(false);
        return parser.ParseFrom(evidence.Value);
    }
}
