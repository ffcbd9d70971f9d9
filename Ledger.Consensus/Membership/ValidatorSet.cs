using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>The validators of one epoch in ascending order of address. Rules P-9 and Q-1 of the protocol.</summary>
public sealed class ValidatorSet
{
    /// <summary>
    /// At most this many: a new view of q view changes, each with a full proposal, fits one consensus message.
    /// </summary>
    public const int CountMax = 16;

    private readonly ImmutableArray<Validator> validators;

    private ValidatorSet(ImmutableArray<Validator> sorted)
    {
        validators = sorted;
        Hash = HashOf(sorted);
        Quorum = Ledger.Primitives.Quorum.Size(sorted.Length);
        FaultyMax = Ledger.Primitives.Quorum.FaultyMax(sorted.Length);
    }

    /// <summary>H(validators, address, key, address, key …).</summary>
    public Hash256 Hash { get; }

    /// <summary>n.</summary>
    public int Count => validators.Length;

    /// <summary>q of n.</summary>
    public int Quorum { get; }

    /// <summary>f of n.</summary>
    public int FaultyMax { get; }

    /// <summary>All of them in order.</summary>
    public ImmutableArray<Validator> Validators => validators;

    /// <summary>The validator at a place, 0 to n - 1.</summary>
    public Validator this[int place] => validators[place];

    /// <summary>
    /// Sorts the validators into a set; throws <see cref="ArgumentException"/> when there are none, more than
    /// <see cref="CountMax"/>, or two with one address or one key.
    /// </summary>
    public static ValidatorSet Of(IEnumerable<Validator> members)
    {
        Validator[] sorted = [.. members];
        Array.Sort(sorted, static (left, right) => left.Address.CompareTo(right.Address));
        return IsWellFormed(sorted)
            ? new ValidatorSet([.. sorted])
            : throw new ArgumentException(
                "A validator set has 1 to 16 distinct addresses with distinct keys.", nameof(members));
    }

    /// <summary>Reads the canonical message, whose order must be the set's.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ValidatorSet? set)
    {
        set = null;
        if (!CanonicalMessage.TryParse(
            Protos.ValidatorSetMessage.Parser, bytes, out Protos.ValidatorSetMessage? message)
            || message.Validators.Count > CountMax)
        {
            return false;
        }

        Validator[] read = new Validator[message.Validators.Count];
        for (int place = 0; place < read.Length; place++)
        {
            Protos.Validator one = message.Validators[place];
            if (!Address.TryRead(one.Address.Span, out Address address)
                || !PublicKeyBytes.TryRead(one.VoteKey.Span, out PublicKeyBytes key))
            {
                return false;
            }

            read[place] = new Validator(address, key);
        }

        set = IsWellFormed(read) ? new ValidatorSet([.. read]) : null;
        return set is not null;
    }

    /// <summary>The canonical message.</summary>
    public byte[] Encode()
    {
        Protos.ValidatorSetMessage message = new();
        foreach (Validator validator in validators)
        {
            message.Validators.Add(new Protos.Validator
            {
                Address = ByteString.CopyFrom(validator.Address.ToArray()),
                VoteKey = ByteString.CopyFrom(validator.VoteKey.ToArray()),
            });
        }

        return message.ToByteArray();
    }

    /// <summary>The place of an address, or -1 when it has no seat.</summary>
    public int IndexOf(Address address)
    {
        int low = 0;
        int high = validators.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = validators[middle].Address.CompareTo(address);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>leader(v) is the validator at place v mod n.</summary>
    public Address Leader(ulong view) => validators[(int)(view % (ulong)validators.Length)].Address;

    private static bool IsWellFormed(ReadOnlySpan<Validator> sorted)
    {
        if (sorted.Length is 0 or > CountMax)
        {
            return false;
        }

        for (int place = 1; place < sorted.Length; place++)
        {
            if (sorted[place - 1].Address.CompareTo(sorted[place].Address) >= 0)
            {
                return false;
            }

            for (int earlier = 0; earlier < place; earlier++)
            {
                if (sorted[earlier].VoteKey == sorted[place].VoteKey)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static Hash256 HashOf(ImmutableArray<Validator> sorted)
    {
        HashBuilder builder = new(Tags.Validators, stackalloc byte[HashBuilder.ScratchBytes]);
        Span<byte> key = stackalloc byte[PublicKeyBytes.Size];
        foreach (Validator validator in sorted)
        {
            builder.Add(validator.Address);
            validator.VoteKey.CopyTo(key);
            builder.Add(key);
        }

        return builder.Finish();
    }
}
