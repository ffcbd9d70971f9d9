using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Guardians of learners that are not of age.</summary>
internal static class GuardianCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "guardian", "Who acts for a learner that is not of age.", Appoint(host), End(host), Show(host), Wards(host));

    private static Command Appoint(CommandHost host)
    {
        Option<string> learner = LearnerOption();
        Option<string> guardian = new("--guardian")
        {
            Description = "Who will act for the learner.", HelpName = "ADDRESS", Required = true,
        };
        Option<string?> guardianKey = new("--guardian-key")
        {
            Description = "With --prepare: its public key, where the ledger does not know it yet.", HelpName = "HEX",
        };
        Option<string> institution = new("--institution")
        {
            Description = "An institution where the learner is enrolled, which attests it.",
            HelpName = "ADDRESS|DOMAIN",
            Required = true,
        };
        Option<string> until = new("--until")
        {
            Description = "The last day, or the time in UTC; at most 25 years ahead.",
            HelpName = "DATE",
            Required = true,
        };
        JointSigning joint = new();
        return host.Verb(
            "appoint",
            "Lets a guardian act for a learner until a day. Learner, guardian and institution sign.",
            "ledger learner guardian appoint --guardian 9be4… --institution kyoto-u.example --until 2031-04-01 "
                + "--prepare guardian.tx",
            [learner, guardian, guardianKey, institution, until, .. joint.Symbols],
            async (session, cancellation) =>
            {
                Address ward = Parties.Read(session, session.Required(learner));
                Address acting = Parties.Read(session, session.Required(guardian));
                Address school = await Parties.ReadInstitutionAsync(
                    session, session.Required(institution), cancellation).ConfigureAwait(false);
                Operation operation = Operations.GuardianAppoint(
                    ward, acting, school, Times.Read(session.Required(until)));
                PublicKeyBytes? key = session.Get(guardianKey) is { } hex ? Parties.ReadKey(hex, acting) : null;
                return await joint.SendAsync(
                    session, operation, [(ward, null), (acting, key), (school, null)], cancellation)
                    .ConfigureAwait(false);
            });
    }

    private static Command End(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The ward's address, or me." };
        Option<string?> institution = new("--institution")
        {
            Description = "When you are not the guardian: an institution where the learner is enrolled. Learner and "
                + "institution sign.",
            HelpName = "ADDRESS|DOMAIN",
        };
        JointSigning joint = new();
        return host.Verb(
            "end",
            "Ends a guardianship before its day: the guardian alone, or the learner with an institution.",
            "ledger learner guardian end 3f2a…",
            [learner, institution, .. joint.Symbols],
            async (session, cancellation) =>
            {
                Address ward = Parties.Read(session, session.Required(learner));
                if (session.Get(institution) is not { } named)
                {
                    return await TransactionSender.SendAsync(session, cancellation, Operations.GuardianEnd(ward, null))
                        .ConfigureAwait(false);
                }

                Address school = await Parties.ReadInstitutionAsync(session, named, cancellation)
                    .ConfigureAwait(false);
                return await joint.SendAsync(
                    session, Operations.GuardianEnd(ward, school), [(ward, null), (school, null)], cancellation)
                    .ConfigureAwait(false);
            });
    }

    private static Command Show(CommandHost host)
    {
        Argument<string> learner = new("LEARNER")
        {
            Description = "The address, or me.", DefaultValueFactory = static _ => "me",
        };
        return host.Verb(
            "show", "Shows a learner's guardians, former ones too.", "ledger learner guardian show me", [learner],
            async (session, cancellation) =>
            {
                Address ward = Parties.Read(session, session.Required(learner));
                List<object?[]> rows = [];
                await foreach (StateItem<Guardianship> item in session.Client.ListInstancesAsync(
                    StateKeys.Prefix(StateKind.Guardianship, ward), Guardianship.Parser, cancellation)
                    .ConfigureAwait(false))
                {
                    rows.Add(
                    [
                        item.Number,
                        Parties.Show(item.Value.Guardian),
                        Parties.Show(item.Value.Institution),
                        item.Value.Interval.FromHeight,
                        Times.Show(item.Value.Interval.EndUnixMs),
                        item.Value.Interval.ToHeight > 0 ? item.Value.Interval.ToHeight : null,
                    ]);
                }

                return new Answer().Table(
                    "guardianships", ["number", "guardian", "attested by", "from height", "until", "to height"], rows);
            });
    }

    private static Command Wards(CommandHost host) => host.Verb(
        "wards", "Lists the learners whose guardian you are or were.", "ledger learner guardian wards", [],
        async (session, cancellation) =>
        {
            List<object?[]> rows = [];
            await foreach (StateItem<Ward> item in session.Client.ListAsync(
                StateKeys.Prefix(StateKind.Ward, session.Identity.Address), Ward.Parser, cancellation)
                .ConfigureAwait(false))
            {
                rows.Add([item.Part(1).ToString(), item.Value.Guardianship]);
            }

            return new Answer().Table("wards", ["learner", "guardianship"], rows);
        });

    private static Option<string> LearnerOption() => new("--learner")
    {
        Description = "The ward.", HelpName = "ADDRESS", DefaultValueFactory = static _ => "me",
    };
}
