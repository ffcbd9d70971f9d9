using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Keys;

namespace Ledger.Simulator.Worlds;

/// <summary>
/// Validator sets by a code of three bits for each identity: 0 for no seat, else one more than how often its key was
/// rotated.
/// </summary>
public sealed class SeatRegistry
{
    /// <summary>Identities that a code has room for.</summary>
    public const int IdentitiesMax = 20;

    /// <summary>Keys that an identity has: one, and one to change to.</summary>
    public const int KeysMax = 2;

    private const int Bits = 3;
    private readonly Dictionary<ulong, ValidatorSet> sets = [];
    private readonly PublicKeyBytes[,] keys;
    private readonly Address[] addresses;

    /// <summary>Makes the identities and all the keys that they will ever use.</summary>
    public SeatRegistry(ulong seed, int identities, KeyScheme scheme)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(identities, IdentitiesMax);
        keys = new PublicKeyBytes[identities, KeysMax];
        addresses = new Address[identities];
        for (int identity = 0; identity < identities; identity++)
        {
            for (int version = 0; version < KeysMax; version++)
            {
                keys[identity, version] = scheme.Create(seed, identity, version);
            }

            addresses[identity] = Address.Of(keys[identity, 0]);
        }
    }

    /// <summary>How many identities there are.</summary>
    public int Identities => addresses.Length;

    /// <summary>The address of an identity.</summary>
    public Address AddressOf(int identity) => addresses[identity];

    /// <summary>The identity of an address, or -1.</summary>
    public int IdentityOf(Address address) => Array.IndexOf(addresses, address);

    /// <summary>A key of an identity.</summary>
    public PublicKeyBytes KeyOf(int identity, int version) => keys[identity, version];

    /// <summary>The set that a code stands for.</summary>
    public ValidatorSet SetOf(ulong seats)
    {
        if (!sets.TryGetValue(seats, out ValidatorSet? set))
        {
            List<Validator> members = [];
            for (int identity = 0; identity < addresses.Length; identity++)
            {
                if (VersionOf(seats, identity) is int version and >= 0)
                {
                    members.Add(new Validator(addresses[identity], keys[identity, version]));
                }
            }

            set = ValidatorSet.Of(members);
            sets.Add(seats, set);
        }

        return set;
    }

    /// <summary>The code of a set.</summary>
    public ulong CodeOf(ValidatorSet set)
    {
        ulong seats = 0;
        foreach (Validator validator in set.Validators)
        {
            int identity = IdentityOf(validator.Address);
            int version = 0;
            while (keys[identity, version] != validator.VoteKey)
            {
                version++;
            }

            seats = With(seats, identity, version);
        }

        return seats;
    }

    /// <summary>Which of its keys an identity has its seat with, or -1 when it has none.</summary>
    public static int VersionOf(ulong seats, int identity) => (int)((seats >> (identity * Bits)) & 7) - 1;

    /// <summary>The same seats, but for one identity; version -1 takes its seat away.</summary>
    public static ulong With(ulong seats, int identity, int version) =>
        (seats & ~(7UL << (identity * Bits))) | ((ulong)(version + 1) << (identity * Bits));

    /// <summary>How many seats there are.</summary>
    public static int CountOf(ulong seats)
    {
        int count = 0;
        for (ulong rest = seats; rest != 0; rest >>= Bits)
        {
            count += (rest & 7) != 0 ? 1 : 0;
        }

        return count;
    }
}
