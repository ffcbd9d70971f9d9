using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Staff of institutions.</summary>
internal static class StaffCommands
{
    private static readonly StaffRole[] Roles =
        [.. Enum.GetValues<StaffRole>().Where(static role => role != StaffRole.Unspecified)];

    public static Command Create(CommandHost host) => CommandHost.Group(
        "staff",
        "Staff of institutions: who acts for them, in which roles, from when to when.",
        "ledger institution staff list north.example",
        Appoint(host),
        Assign(host),
        End(host),
        List(host));

    private static Command Appoint(CommandHost host)
    {
        Option<string?> keyFile = new("--staff-key")
        {
            Description = "The member of staff's key file, if it is at hand: it signs too.", HelpName = "FILE",
        };
        Option<string?> password = new("--staff-password-file") { Description = "Its password.", HelpName = "PATH" };
        Option<string?> staff = new("--staff")
        {
            Description = "Instead of its key file: its address. It signs what --prepare writes, on its machine.",
            HelpName = "ADDRESS",
        };
        Option<string?> publicKey = new("--staff-public-key")
        {
            Description = "With --staff: its public key, where the ledger does not know it yet.", HelpName = "HEX",
        };
        Option<string[]> roles = RolesOption();
        Option<string> joined = new("--joined") { Description = "Since when.", HelpName = "TIME", Required = true };
        Option<string?> until = new("--until") { Description = "The end that is agreed on.", HelpName = "TIME" };
        JointSigning joint = new();
        return host.Verb(
            "appoint",
            "Takes somebody on; both sign. With --staff-key both keys are at hand; else one writes a file with "
                + "--prepare and the other runs: ledger tx sign FILE",
            "ledger institution staff appoint --staff 3f2a… --staff-public-key 9be4… --role teacher "
                + "--joined 2026-04-01 --prepare jo.tx",
            [keyFile, password, staff, publicKey, roles, joined, until, .. joint.Symbols],
            async (session, cancellation) =>
            {
                if ((session.Get(keyFile) is null) == (session.Get(staff) is null))
                {
                    throw CommandException.WrongUse(
                        "Name who is taken on: --staff-key FILE if its key is at hand, else --staff ADDRESS.");
                }

                Operation Appointment(Address person) => Operations.StaffAppoint(
                    person,
                    ReadRoles(session.Required(roles)),
                    Times.ReadBeginning(session.Required(joined)),
                    session.Get(until) is { } end ? Times.Read(end) : 0);
                if (session.Get(keyFile) is { } file)
                {
                    return await SignBothAsync(session, file, session.Get(password), Appointment, cancellation)
                        .ConfigureAwait(false);
                }

                Address named = Parties.Read(session, session.Get(staff)!);
                PublicKeyBytes? key = session.Get(publicKey) is { } hex ? Parties.ReadKey(hex, named) : null;
                return await joint.SendAsync(session, Appointment(named), [(named, key)], cancellation)
                    .ConfigureAwait(false);
            });
    }

    private static async Task<Answer> SignBothAsync(
        Session session,
        string keyFile,
        string? passwordFile,
        Func<Address, Operation> appointment,
        CancellationToken cancellation)
    {
        CallerIdentity staff = session.OpenKey(keyFile, passwordFile);
        using SigningKey key = staff.Key;
        CallerIdentity me = session.Identity;
        TransactionBuilder builder = new(session.ChainId, TransactionBuilder.LastValidFor(session.Time.GetUtcNow()));
        int actor = builder.AddSigner(me.Address, me.Key.PublicKey);
        builder.AddSigner(staff.Address, key.PublicKey);
        PendingTransaction transaction = builder.AddGroup(actor, appointment(staff.Address)).Build();
        transaction.AddSignature(me.Key);
        transaction.AddSignature(key);
        return await TransactionSender.SendAsync(session, transaction, cancellation).ConfigureAwait(false);
    }

    private static Command Assign(CommandHost host)
    {
        Argument<string> staff = new("STAFF") { Description = "The address." };
        Option<string[]> roles = RolesOption();
        Option<string> from = new("--from") { Description = "From when on.", HelpName = "TIME", Required = true };
        return host.Verb(
            "assign",
            "Gives somebody of your staff other roles from a date on.",
            $"ledger institution staff assign {new string('a', 64)} --role registrar --from 2026-10-01",
            [staff, roles, from],
            (session, cancellation) => TransactionSender.SendAsync(session, cancellation, Operations.StaffAssign(
                Parties.Read(session, session.Required(staff)),
                ReadRoles(session.Required(roles)),
                Times.ReadBeginning(session.Required(from)))));
    }

    private static Command End(CommandHost host)
    {
        Argument<string> staff = new("STAFF") { Description = "The address, or me." };
        Option<string> left = new("--left") { Description = "When it left.", HelpName = "TIME", Required = true };
        Option<string> institution = new("--institution")
        {
            Description = "The institution (address or domain), when you are the staff.",
            DefaultValueFactory = static _ => "me",
        };
        return host.Verb(
            "end",
            "Says that somebody has left: nothing dated from then on is accepted; what was done before stays valid.",
            $"ledger institution staff end {new string('a', 64)} --left 2026-10-01",
            [staff, left, institution],
            async (session, cancellation) =>
            {
                Address employer = await Parties.ReadInstitutionAsync(
                    session, session.Required(institution), cancellation).ConfigureAwait(false);
                return await TransactionSender.SendAsync(session, cancellation, Operations.StaffEnd(
                    employer,
                    Parties.Read(session, session.Required(staff)),
                    Times.ReadBeginning(session.Required(left)))).ConfigureAwait(false);
            });
    }

    private static Command List(CommandHost host)
    {
        Argument<string> who = Parties.InstitutionOrMe();
        return host.Verb(
            "list",
            "Lists an institution's staff, former ones too.",
            "ledger institution staff list north.example",
            [who],
            async (session, cancellation) =>
            {
                Address institution = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                List<object?[]> rows = [];
                await foreach (StateItem<StaffTerm> item in session.Client.ListInstancesAsync(
                    StateKeys.Prefix(StateKind.StaffTerm, institution), StaffTerm.Parser, cancellation)
                    .ConfigureAwait(false))
                {
                    rows.Add(
                    [
                        new Address(item.Part(1)).ToString(),
                        item.Number,
                        StaffText.Describe(item.Value.Roles),
                        Times.Show(item.Value.JoinedUnixMs),
                        Times.Show(item.Value.LeftUnixMs == 0 ? item.Value.Interval.EndUnixMs : item.Value.LeftUnixMs),
                    ]);
                }

                return new Answer().Table("staff", ["address", "term", "roles", "joined", "left"], rows);
            });
    }

    private static Option<string[]> RolesOption()
    {
        Option<string[]> option = new("--role")
        {
            Description = $"One or more of: {string.Join(", ", Roles.Select(StaffText.Describe))}.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        option.AcceptOnlyFromAmong([.. Roles.Select(StaffText.Describe)]);
        return option;
    }

    private static IEnumerable<StaffRole> ReadRoles(string[] names) =>
        Roles.Where(role => names.Contains(StaffText.Describe(role), StringComparer.Ordinal));
}
