using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.Client.Seats;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What a change of seats would mean; changes nothing.</summary>
internal static class MemberPlanCommand
{
    public static Command Create(CommandHost host)
    {
        SeatChangeOptions options = new();
        return host.Verb(
            "plan",
            "Shows what a change of seats would mean with the nodes that are live now. Changes nothing. Exit code 5 "
                + "when it could not be activated now, or nothing could be decided after it.",
            "ledger member plan --add west.example --remove \"East College\"",
            options.All,
            async (session, cancellation) =>
            {
                MemberBook book = await MemberBook.AskAsync(session, cancellation).ConfigureAwait(false);
                IReadOnlyList<SeatChange> changes = options.Read(session, book, PlaceholderOf);
                MembershipPlan plan = MembershipPlan.Of(book.CurrentSet, changes, book.Live);
                Answer answer = Describe(book, plan);
                foreach (Address leaving in plan.Leaving)
                {
                    string? warning = await CustodyAdvice.WarningAsync(
                        session, leaving, book.Show(leaving), cancellation).ConfigureAwait(false);
                    if (warning is not null)
                    {
                        answer.Note(warning);
                    }
                }

                return answer;
            });
    }

    private static Answer Describe(MemberBook book, MembershipPlan plan)
    {
        if (plan.After is not { } after)
        {
            return new Answer()
                .Field("feasible", false)
                .Note(ResultCodeText.Of(plan.Refusal ?? ResultCode.Unspecified))
                .With(ExitCode.Refused);
        }

        Answer answer = new Answer()
            .Field("feasible", plan.IsFeasible)
            .Field("joining", book.Show(plan.Joining))
            .Field("leaving", book.Show(plan.Leaving))
            .Field("other key", book.Show(plan.Rotating))
            .Field("blocked by", book.Show(plan.Blocking))
            .Table("sets", ["set", "validators", "may fail", "needed", "live", "may still fail", "missing"], [
                Row(book, "before", plan.Before), Row(book, "after", after),
            ])
            .Table("validators", ["name", "before", "after", "live", "height"], book.List.Members
                .Where(member => Has(plan.Before.Set, member) || Has(after.Set, member))
                .Select(member => new object?[]
                {
                    member.Name,
                    Has(plan.Before.Set, member),
                    Has(after.Set, member),
                    book.IsLive(member),
                    member.Live ? member.Height : null,
                }));
        Advise(answer, book, plan, after);
        return MemberCommands.Warn(answer, book).With(plan.IsFeasible ? ExitCode.Done : ExitCode.Undecided);
    }

    private static void Advise(Answer answer, MemberBook book, MembershipPlan plan, SetOutlook after)
    {
        if (!plan.Before.ReachesQuorum)
        {
            answer.Note(
                $"The set as it is decides nothing now: {plan.Before.Needed} more of its validators must be live.");
        }

        if (!after.ReachesQuorum)
        {
            answer.Note(
                $"The set after it would decide nothing, so it cannot be activated: {after.Needed} more of "
                + $"{book.Show(after.Missing)} must be live, as your node sees it.");
        }
        else if (after.Spare == 0)
        {
            answer.Note("After it no further validator may fail: everything would stop until one comes back.");
        }

        foreach (Address stranger in plan.Joining.Where(one => book.Find(one)?.Status != InstitutionStatus.Member))
        {
            answer.Note($"{book.Show(stranger)} is not an admitted member: it must register and be voted in first.");
        }
    }

    private static object?[] Row(MemberBook book, string name, SetOutlook outlook) =>
    [
        name,
        outlook.Set.Count,
        outlook.Set.FaultyMax,
        outlook.Set.Quorum,
        outlook.Live.Count,
        outlook.Spare,
        book.Show(outlook.Missing),
    ];

    private static bool Has(ValidatorSet set, MemberView member) => set.IndexOf(new Address(member.Address.Span)) >= 0;

    // No key is needed to reckon with numbers; the address stands in, and is nobody's key.
    private static (PublicKeyBytes Key, ReadOnlyMemory<byte> Proof) PlaceholderOf(Address institution) =>
        (new PublicKeyBytes(institution.ToArray()), ReadOnlyMemory<byte>.Empty);
}
