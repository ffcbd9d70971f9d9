using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>A new key for a learner who has lost the old one, by those whom the learner named.</summary>
internal static class RecoveryCommands
{
    private const double DayMs = 24 * 60 * 60 * 1000;

    public static Command Create(CommandHost host) => CommandHost.Noun(
        "recovery",
        "A new key for a learner who has lost the old one.",
        Plan(host),
        Show(host),
        NewKey(host),
        Propose(host),
        Step(host, "approve", "Approves a recovery, as a party that the learner named.", Operations.RecoveryApprove),
        Step(host, "cancel", "Stops a recovery, with the learner's current key.", Operations.RecoveryCancel),
        Step(
            host,
            "complete",
            "Gives the learner the new key, once the delay is over, as a named party.",
            Operations.RecoveryComplete));

    private static Command Plan(CommandHost host)
    {
        Option<string[]> parties = new("--party")
        {
            Description = "Who may take part: an institution, a learner or a guardian; may be given again.",
            HelpName = "ADDRESS|DOMAIN",
        };
        Option<uint> threshold = new("--threshold")
        {
            Description = "How many of them must approve.", DefaultValueFactory = static _ => 2,
        };
        Option<int> days = new("--days")
        {
            Description = "Days in which you can still cancel: 1 to 90.", DefaultValueFactory = static _ => 14,
        };
        Option<bool> none = new("--none") { Description = "Nobody may recover the key any more." };
        Option<string> learner = new("--learner")
        {
            Description = "Whose key.", DefaultValueFactory = static _ => "me", HelpName = "ADDRESS",
        };
        return host.Verb(
            "plan",
            "Names who may together give you a new key; takes the place of the plan before.",
            "ledger learner recovery plan --party kyoto-u.example --party 9be4… --threshold 2 --days 14",
            [parties, threshold, days, none, learner],
            async (session, cancellation) =>
            {
                string[] named = session.Get(parties) ?? [];
                if (session.Get(none) == (named.Length > 0))
                {
                    throw CommandException.WrongUse("Name at least one --party, or say --none.");
                }

                List<Address> addresses = [];
                foreach (string party in named)
                {
                    addresses.Add(await Parties.ReadInstitutionAsync(session, party, cancellation)
                        .ConfigureAwait(false));
                }

                Address owner = Parties.Read(session, session.Required(learner));
                return await TransactionSender.SendAsync(session, cancellation, session.Get(none)
                    ? Operations.RecoveryPlanSet(owner, [], 0, 0)
                    : Operations.RecoveryPlanSet(
                        owner, addresses, session.Get(threshold), (long)(session.Get(days) * DayMs)))
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
            "show", "Shows a learner's recovery plans and recoveries.", "ledger learner recovery show me", [learner],
            async (session, cancellation) =>
            {
                Address owner = Parties.Read(session, session.Required(learner));
                List<object?[]> plans = [];
                await foreach (StateItem<RecoveryPlan> item in session.Client.ListInstancesAsync(
                    StateKeys.Prefix(StateKind.RecoveryPlan, owner), RecoveryPlan.Parser, cancellation)
                    .ConfigureAwait(false))
                {
                    plans.Add(
                    [
                        item.Number,
                        string.Join(' ', item.Value.Parties.Select(Parties.Show)),
                        item.Value.Threshold,
                        item.Value.DelayMs / DayMs,
                        item.Value.Interval.ToHeight == 0,
                    ]);
                }

                List<object?[]> recoveries = [];
                await foreach (StateItem<Recovery> item in session.Client.ListInstancesAsync(
                    StateKeys.Prefix(StateKind.Recovery, owner), Recovery.Parser, cancellation)
                    .ConfigureAwait(false))
                {
                    recoveries.Add(
                    [
                        item.Number,
                        item.Value.State.ToString().ToLowerInvariant(),
                        Convert.ToHexStringLower(item.Value.NewKey.Span),
                        item.Value.Approvals.Count,
                        Times.Show(item.Value.DueUnixMs),
                        Times.Show(item.Value.Interval.EndUnixMs),
                    ]);
                }

                return new Answer()
                    .Table("plans", ["number", "parties", "threshold", "days", "in force"], plans)
                    .Table(
                        "recoveries", ["number", "state", "new key", "approvals", "due", "until"], recoveries);
            });
    }

    private static Command NewKey(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "Where to write the new key." };
        Option<string> learner = new("--learner")
        {
            Description = "The learner's address, which stays.", HelpName = "ADDRESS", Required = true,
        };
        return host.Verb(
            "new-key",
            "Makes the learner's new key, and what its holder tells a named party.",
            "ledger learner recovery new-key alice-new.json --learner 3f2a…",
            [file, learner],
            session =>
            {
                Address owner = Address.TryParse(session.Required(learner), out Address read)
                    ? read
                    : throw CommandException.WrongUse("--learner is an address of 64 hexadecimal digits.");
                string path = session.Required(file);
                using SigningKey key = SigningKey.Create();
                using Password password = session.AskPassword(session.PasswordFile, "New password: ");
                KeyFile.Write(path, key, owner, password, overwrite: false);
                string proof = Convert.ToHexStringLower(key.Sign(LearnerDigests.OfRecovery(session.ChainId, owner)));
                return new Answer()
                    .Field("file", path)
                    .Field("address", owner.ToString())
                    .Field("public key", key.PublicKey.ToString())
                    .Field("proof", proof)
                    .Note("A named party runs: ledger learner recovery propose ADDRESS --key PUBLIC-KEY --proof PROOF");
            });
    }

    private static Command Propose(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The learner's address." };
        Option<string> key = new("--key") { Description = "The new public key.", HelpName = "HEX", Required = true };
        Option<string> proof = new("--proof")
        {
            Description = "The new key's signature, as new-key told it.", HelpName = "HEX", Required = true,
        };
        return host.Verb(
            "propose",
            "Asks for a new key of a learner, as a party that the learner named; everybody sees it.",
            "ledger learner recovery propose 3f2a… --key 77c0… --proof 1b9e…",
            [learner, key, proof],
            (session, cancellation) =>
            {
                byte[] signature = ReadHex(session.Required(proof), SigningKey.SignatureSize, "--proof");
                PublicKeyBytes newKey = new(ReadHex(session.Required(key), PublicKeyBytes.Size, "--key"));
                return TransactionSender.SendAsync(session, cancellation, Operations.RecoveryPropose(
                    Parties.Read(session, session.Required(learner)), newKey, signature));
            });
    }

    private static Command Step(
        CommandHost host, string name, string description, Func<Address, ulong, Operation> make)
    {
        Argument<string> learner = new("LEARNER") { Description = "The learner's address, or me." };
        Argument<ulong> recovery = new("RECOVERY") { Description = "Its number." };
        return host.Verb(
            name,
            description,
            $"ledger learner recovery {name} 3f2a… 1",
            [learner, recovery],
            (session, cancellation) => TransactionSender.SendAsync(
                session,
                cancellation,
                make(Parties.Read(session, session.Required(learner)), session.Required(recovery))));
    }

    private static byte[] ReadHex(string hex, int size, string option)
    {
        try
        {
            byte[] bytes = Convert.FromHexString(hex);
            return bytes.Length == size
                ? bytes
                : throw CommandException.WrongUse($"{option} has {2 * size} hexadecimal digits.");
        }
        catch (FormatException)
        {
            throw CommandException.WrongUse($"{option} has {2 * size} hexadecimal digits.");
        }
    }
}
