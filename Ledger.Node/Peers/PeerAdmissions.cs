using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// TLS keys that were proved to be institutions'. Of each institution only the highest binding number counts.
/// </summary>
public sealed class PeerAdmissions
{
    private readonly Lock gate = new();
    private readonly Dictionary<Hash256, Address> byKey = [];
    private readonly Dictionary<Address, (ulong Number, Hash256 Key)> byInstitution = [];

    /// <summary>Takes a proved key in; false when a binding with a higher number has been seen.</summary>
    public bool Admit(Hash256 keyHash, Address institution, ulong number)
    {
        lock (gate)
        {
            if (byInstitution.TryGetValue(institution, out (ulong Number, Hash256 Key) known))
            {
                if (number < known.Number)
                {
                    return false;
                }

                byKey.Remove(known.Key);
            }

            byInstitution[institution] = (number, keyHash);
            byKey[keyHash] = institution;
            return true;
        }
    }

    /// <summary>The institution whose key this is, or null.</summary>
    public Address? Find(Hash256 keyHash)
    {
        lock (gate)
        {
            return byKey.TryGetValue(keyHash, out Address institution) ? institution : null;
        }
    }
}
