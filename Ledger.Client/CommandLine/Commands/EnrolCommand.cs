using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Enrolment: learner and institution both sign, on one machine or on two.</summary>
internal static class EnrolCommand
{
    private const int MinutesMax = 7 * 24 * 60;

    public static Command Create(CommandHost host)
    {
        Option<string?> learner = new("--learner")
        {
            Description = "The learner: when you are the institution, or with --institution when you are its guardian.",
            HelpName = "ADDRESS",
        };
        Option<string?> institution = new("--institution")
        {
            Description = "The institution, when you are the learner.", HelpName = "ADDRESS|DOMAIN",
        };
        Option<string?> otherKey = new("--other-key")
        {
            Description = "Key file of the other party, if it is at hand.", HelpName = "FILE",
        };
        Option<string?> otherPassword = new("--other-password-file")
        {
            Description = "Its password.", HelpName = "PATH",
        };
        Option<string?> prepare = new("--prepare")
        {
            Description = "Sign, and write a file for the other party to sign.", HelpName = "FILE",
        };
        Option<int> minutes = new("--minutes")
        {
            Description =
                "With --prepare: minutes from now until the last moment to hand it in; it can be handed in from two "
                + "minutes before that moment.",
            DefaultValueFactory = static _ => 2,
        };
        Option<string?> sign = new("--sign")
        {
            Description = "Sign a file that the other party prepared.", HelpName = "FILE",
        };
        Symbol[] symbols = [learner, institution, otherKey, otherPassword, prepare, minutes, sign];
        const string Example = "ledger learner enrol --institution kyoto-u.example --prepare enrol.tx";
        return host.Verb(
            "enrol",
            "Enrols a learner at an institution; both sign. With --other-key both keys are at hand; else one "
                + "--prepare FILE and the "
                + "other --sign FILE.",
            Example,
            symbols,
            async (session, cancellation) =>
            {
                if (session.Get(sign) is { } file)
                {
                    return await SignedTransactionFiles.SignAsync(session, file, cancellation).ConfigureAwait(false);
                }

                (Address other, Func<CallerIdentity, Operation> make) = await ReadPartiesAsync(
                    session, session.Get(learner), session.Get(institution), cancellation).ConfigureAwait(false);
                if (session.Get(otherKey) is { } keyFile)
                {
                    return await EnrolHereAsync(session, other, make, keyFile, session.Get(otherPassword), cancellation)
                        .ConfigureAwait(false);
                }

                return session.Get(prepare) is { } target
                    ? await PrepareAsync(session, other, make, target, session.Get(minutes), cancellation)
                        .ConfigureAwait(false)
                    : throw CommandException.WrongUse(
                        "The other party signs too: give --other-key FILE, or --prepare FILE.");
            });
    }

    private static async Task<(Address Other, Func<CallerIdentity, Operation> Make)> ReadPartiesAsync(
        Session session, string? learner, string? institution, CancellationToken cancellation)
    {
        Address? named = learner is null ? null : Parties.Read(session, learner);
        if (institution is null)
        {
            return named is { } pupil
                ? (pupil, me => Operations.Enrol(pupil, me.Address))
                : throw CommandException.WrongUse(
                    "Name the other party: --institution if you are the learner, --learner if you are the institution, "
                    + "both if you are the learner's guardian.");
        }

        Address school = await Parties.ReadInstitutionAsync(session, institution, cancellation).ConfigureAwait(false);
        return (school, me => Operations.Enrol(named ?? me.Address, school));
    }

    private static async Task<Answer> EnrolHereAsync(
        Session session,
        Address other,
        Func<CallerIdentity, Operation> make,
        string keyFile,
        string? passwordFile,
        CancellationToken cancellation)
    {
        CallerIdentity second = session.OpenKey(keyFile, passwordFile);
        using SigningKey key = second.Key;
        if (second.Address != other)
        {
            throw CommandException.WrongUse($"{keyFile} is the key of {second.Address}, not of {other}.");
        }

        long lastValid = TransactionBuilder.LastValidFor(session.Time.GetUtcNow());
        PendingTransaction transaction = Build(session, lastValid, other, key.PublicKey, make);
        transaction.AddSignature(key);
        return await TransactionSender.SendAsync(session, transaction, cancellation).ConfigureAwait(false);
    }

    private static async Task<Answer> PrepareAsync(
        Session session,
        Address other,
        Func<CallerIdentity, Operation> make,
        string target,
        int minutes,
        CancellationToken cancellation)
    {
        if (minutes is < 1 or > MinutesMax)
        {
            throw CommandException.WrongUse($"--minutes is 1 to {MinutesMax}.");
        }

        DateTimeOffset last = session.Time.GetUtcNow().AddMinutes(minutes);
        PublicKeyBytes key = await SignedTransactionFiles.FindKeyAsync(session, other, cancellation)
            .ConfigureAwait(false);
        PendingTransaction transaction = Build(session, last.ToUnixTimeMilliseconds(), other, key, make);
        TransactionFile.Write(target, transaction, overwrite: false);
        return SignedTransactionFiles.Describe(transaction)
            .Field("file", target)
            .Note($"Give {target} to the other party, who runs: ledger tx sign {target}");
    }

    private static PendingTransaction Build(
        Session session, long lastValid, Address other, PublicKeyBytes otherKey, Func<CallerIdentity, Operation> make)
    {
        CallerIdentity me = session.Identity;
        TransactionBuilder builder = new(session.ChainId, lastValid);
        int actor = builder.AddSigner(me.Address, me.Key.PublicKey);
        builder.AddSigner(other, otherKey);
        PendingTransaction transaction = builder.AddGroup(actor, make(me)).Build();
        transaction.AddSignature(me.Key);
        return transaction;
    }
}
