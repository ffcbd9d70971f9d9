using System.CommandLine;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Measures: what the members decide by vote.</summary>
internal static class MeasureCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "measure",
        "Measures: what the members decide by vote.",
        Propose(host),
        MeasureRulesCommands.Quota(host),
        MeasureRulesCommands.Upgrade(host),
        Vote(host),
        List(host),
        Show(host));

    /// <summary>A measure about an institution, by its name on the command line.</summary>
    public static Measure Read(string kind, Address institution)
    {
        Google.Protobuf.ByteString field = Google.Protobuf.ByteString.CopyFrom(institution.ToArray());
        return kind switch
        {
            "suspend" => new Measure { Suspend = new SuspendInstitution { Institution = field } },
            "reinstate" => new Measure { Reinstate = new ReinstateInstitution { Institution = field } },
            _ => new Measure { Close = new CloseInstitution { Institution = field } },
        };
    }

    private static Command Propose(CommandHost host)
    {
        Argument<string> kind = new("MEASURE") { Description = "suspend, reinstate or close." };
        kind.AcceptOnlyFromAmong("suspend", "reinstate", "close");
        Argument<string> who = Parties.Institution();
        return host.Verb(
            "propose",
            "Proposes a measure about an institution, and approves it.",
            "ledger measure propose suspend north.example",
            [kind, who],
            async (session, cancellation) =>
            {
                Address address = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                return await MeasureBook.SendAsync(
                    session, Operations.MeasurePropose(Read(session.Required(kind), address)), cancellation)
                    .ConfigureAwait(false);
            });
    }

    private static Command Vote(CommandHost host)
    {
        Argument<ulong> number = new("NUMBER") { Description = "Its number: see ledger measure list." };
        Argument<string> vote = new("VOTE") { Description = "approve or reject." };
        vote.AcceptOnlyFromAmong("approve", "reject");
        return host.Verb(
            "vote",
            "Votes on a measure of any kind: standing of an institution, quota, upgrade of the rules, policy, verbs. "
                + "The vote that decides puts it in force.",
            "ledger measure vote 3 approve",
            [number, vote],
            (session, cancellation) => MeasureBook.SendAsync(
                session,
                Operations.MeasureVote(session.Required(number), session.Required(vote) == "approve"),
                cancellation));
    }

    private static Command List(CommandHost host)
    {
        Option<bool> open = new("--open") { Description = "Only those that can be voted on." };
        return host.Verb(
            "list",
            "Lists the measures that were proposed.",
            "ledger measure list --open",
            [open],
            async (session, cancellation) =>
            {
                IReadOnlyList<(ulong Number, MeasureProposal Measure)> all =
                    await MeasureBook.ListAsync(session, cancellation).ConfigureAwait(false);
                return new Answer().Table(
                    "measures",
                    ["number", "measure", "state", "approvals", "rejections", "until"],
                    all.Where(one => !session.Get(open)
                            || MeasureBook.StateOf(session, one.Measure) == BallotState.Open)
                        .Select(one => new object?[]
                        {
                            one.Number,
                            MeasureText.Describe(one.Measure.Measure),
                            StateText(session, one.Measure),
                            one.Measure.Ballot.Approvals.Count,
                            one.Measure.Ballot.Rejections.Count,
                            Times.Show(one.Measure.Ballot.EndUnixMs),
                        }));
            });
    }

    private static Command Show(CommandHost host)
    {
        Argument<ulong> number = new("NUMBER") { Description = "Its number." };
        return host.Verb(
            "show",
            "Shows a measure and who has voted.",
            "ledger measure show 3",
            [number],
            async (session, cancellation) =>
            {
                IReadOnlyList<(ulong Number, MeasureProposal Measure)> all =
                    await MeasureBook.ListAsync(session, cancellation).ConfigureAwait(false);
                MeasureProposal? found = all.FirstOrDefault(one => one.Number == session.Required(number)).Measure;
                return found is null
                    ? throw new CommandException(ExitCode.Refused, ResultCodeText.Of(ResultCode.NoMeasure))
                    : Describe(session, session.Required(number), found);
            });
    }

    private static Answer Describe(Session session, ulong number, MeasureProposal measure) => new Answer()
        .Field("number", number)
        .Field("measure", MeasureText.Describe(measure.Measure))
        .Field("state", StateText(session, measure))
        .Field("proposer", Parties.Show(measure.Proposer))
        .Field("opened height", measure.Ballot.OpenedHeight)
        .Field("settled height", measure.Ballot.SettledHeight == 0 ? null : measure.Ballot.SettledHeight)
        .Field("until", Times.Show(measure.Ballot.EndUnixMs))
        .Table("votes", ["member", "vote"], measure.Ballot.Approvals
            .Select(static one => new object?[] { Parties.Show(one), "approve" })
            .Concat(measure.Ballot.Rejections.Select(static one => new object?[] { Parties.Show(one), "reject" })));

    private static string StateText(Session session, MeasureProposal measure) =>
        measure.WithoutEffect == ResultCode.Unspecified
            ? MeasureBook.StateOf(session, measure).ToString().ToLowerInvariant()
            : $"approved without effect ({Names.Of(measure.WithoutEffect)})";
}
