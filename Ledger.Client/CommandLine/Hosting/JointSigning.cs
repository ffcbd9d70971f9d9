using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Commands;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>
/// What several parties sign: with their key files at hand, or by a file that goes from one to the next.
/// </summary>
internal sealed class JointSigning
{
    /// <summary>A prepared file waits for its signers for a week at most.</summary>
    private const int MinutesMax = 7 * 24 * 60;

    private readonly Option<string[]> otherKeys = new("--other-key")
    {
        Description = "Key file of another party that signs, if it is at hand; may be given again.", HelpName = "FILE",
    };

    private readonly Option<string[]> otherPasswords = new("--other-password-file")
    {
        Description = "Its password; as many and in the same order.", HelpName = "PATH",
    };

    private readonly Option<string?> prepare = new("--prepare")
    {
        Description = "Sign, and write a file for the other parties to sign.", HelpName = "FILE",
    };

    private readonly Option<int> minutes = new("--minutes")
    {
        Description = "With --prepare: minutes from now until the last moment to hand it in; it can be handed in from "
            + "two minutes before that moment.",
        DefaultValueFactory = static _ => 2,
    };

    /// <summary>The options, for a command to take.</summary>
    public Symbol[] Symbols => [otherKeys, otherPasswords, prepare, minutes];

    /// <summary>
    /// Signs an operation by the profile's key as the actor, and by the parties of <paramref name="others"/>, whose
    /// public keys are given or asked of the node.
    /// </summary>
    public async Task<Answer> SendAsync(
        Session session,
        Operation operation,
        IReadOnlyList<(Address Party, PublicKeyBytes? Key)> others,
        CancellationToken cancellation)
    {
        (Address Party, PublicKeyBytes? Key)[] missing =
            [.. others.Where(other => other.Party != session.Identity.Address).DistinctBy(other => other.Party)];
        if (missing.Length == 0)
        {
            return await TransactionSender.SendAsync(session, cancellation, operation).ConfigureAwait(false);
        }

        if (session.Get(otherKeys) is { Length: > 0 } files)
        {
            return await SignHereAsync(session, operation, missing, files, cancellation).ConfigureAwait(false);
        }

        return session.Get(prepare) is { } target
            ? await PrepareAsync(session, operation, missing, target, cancellation).ConfigureAwait(false)
            : throw CommandException.WrongUse(
                $"{string.Join(" and ", missing.Select(other => other.Party))} must sign too: give --other-key FILE, "
                + "or --prepare FILE.");
    }

    private async Task<Answer> SignHereAsync(
        Session session,
        Operation operation,
        (Address Party, PublicKeyBytes? Key)[] missing,
        string[] files,
        CancellationToken cancellation)
    {
        string[] passwords = session.Get(otherPasswords) ?? [];
        CallerIdentity[] found =
            [.. files.Select((file, place) => session.OpenKey(file, passwords.ElementAtOrDefault(place)))];
        try
        {
            foreach ((Address party, PublicKeyBytes? _) in missing)
            {
                if (found.All(one => one.Address != party))
                {
                    throw CommandException.WrongUse($"No --other-key is that of {party}, who must sign too.");
                }
            }

            PendingTransaction transaction = Build(
                session,
                operation,
                missing.Select(other => (other.Party, found.First(one => one.Address == other.Party).Key.PublicKey)),
                TransactionBuilder.LastValidFor(session.Time.GetUtcNow()));
            foreach (CallerIdentity one in found)
            {
                transaction.AddSignature(one.Key);
            }

            return await TransactionSender.SendAsync(session, transaction, cancellation).ConfigureAwait(false);
        }
        finally
        {
            foreach (CallerIdentity one in found)
            {
                one.Key.Dispose();
            }
        }
    }

    private async Task<Answer> PrepareAsync(
        Session session,
        Operation operation,
        (Address Party, PublicKeyBytes? Key)[] missing,
        string target,
        CancellationToken cancellation)
    {
        int given = session.Get(minutes);
        if (given is < 1 or > MinutesMax)
        {
            throw CommandException.WrongUse($"--minutes is 1 to {MinutesMax}.");
        }

        List<(Address, PublicKeyBytes)> keys = [];
        foreach ((Address party, PublicKeyBytes? key) in missing)
        {
            keys.Add((party, key ?? await SignedTransactionFiles.FindKeyAsync(session, party, cancellation)
                .ConfigureAwait(false)));
        }

        long last = session.Time.GetUtcNow().AddMinutes(given).ToUnixTimeMilliseconds();
        PendingTransaction transaction = Build(session, operation, keys, last);
        TransactionFile.Write(target, transaction, overwrite: false);
        return SignedTransactionFiles.Describe(transaction)
            .Field("file", target)
            .Note($"Give {target} to the others, who run one after the other: ledger tx sign {target}");
    }

    private static PendingTransaction Build(
        Session session, Operation operation, IEnumerable<(Address Party, PublicKeyBytes Key)> others, long lastValid)
    {
        CallerIdentity me = session.Identity;
        TransactionBuilder builder = new(session.ChainId, lastValid);
        int actor = builder.AddSigner(me.Address, me.Key.PublicKey);
        foreach ((Address party, PublicKeyBytes key) in others)
        {
            builder.AddSigner(party, key);
        }

        PendingTransaction transaction = builder.AddGroup(actor, operation).Build();
        transaction.AddSignature(me.Key);
        return transaction;
    }
}
