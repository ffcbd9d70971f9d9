using System.CommandLine;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Measures about execution: how much work an institution may make, and which rules are in force.</summary>
internal static class MeasureRulesCommands
{
    public static Command Quota(CommandHost host)
    {
        Argument<string> who = Parties.Institution();
        Argument<ulong> units = new("UNITS") { Description = "Work units a day (UTC); 0 for any number." };
        return host.Verb(
            "quota",
            "Proposes how much work an institution may make a day, or votes for it if it is proposed. What it has "
                + "made: ledger institution usage",
            "ledger measure quota north.example 5000000",
            [who, units],
            async (session, cancellation) =>
            {
                Address address = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                return await MeasureBook.ProposeOrVoteAsync(
                    session,
                    new Measure
                    {
                        Quota = new SetQuota
                        {
                            Institution = address.ToField(), DayWorkUnits = session.Required(units),
                        },
                    },
                    cancellation).ConfigureAwait(false);
            });
    }

    public static Command Upgrade(CommandHost host)
    {
        Argument<uint> version = new("VERSION") { Description = "The version of the rules, above the one in force." };
        Option<ulong> height = new("--height")
        {
            Description = "From which block on, at the earliest: once q seats have announced that they have it.",
            HelpName = "HEIGHT",
            Required = true,
        };
        return host.Verb(
            "upgrade",
            "Proposes that newer rules come into force, or votes for it if it is proposed. Who has a seat then says "
                + "that its node has them: ledger member announce-version",
            "ledger measure upgrade 2 --height 50000",
            [version, height],
            async (session, cancellation) =>
            {
                Answer answer = await MeasureBook.ProposeOrVoteAsync(
                    session,
                    new Measure
                    {
                        Upgrade = new UpgradeRules
                        {
                            Version = session.Required(version), Height = session.Required(height),
                        },
                    },
                    cancellation).ConfigureAwait(false);
                return answer.Code == ExitCode.Done
                    ? answer.Note(
                        "A node whose program does not know these rules stops before they come into force: look at "
                        + "rules known in ledger node status.")
                    : answer;
            });
    }
}
