using Google.Protobuf;
using Google.Protobuf.Collections;
using Ledger.Primitives;

namespace Ledger.Contracts.Identity;

/// <summary>Lists of addresses in messages, kept in ascending order.</summary>
internal static class AddressList
{
    /// <summary>Puts the address into its place; false where it stands there already.</summary>
    public static bool Insert(RepeatedField<ByteString> list, Address address)
    {
        int place = 0;
        while (place < list.Count)
        {
            int order = list[place].ToAddress().CompareTo(address);
            if (order == 0)
            {
                return false;
            }

            if (order > 0)
            {
                break;
            }

            place++;
        }

        list.Insert(place, address.ToField());
        return true;
    }
}
