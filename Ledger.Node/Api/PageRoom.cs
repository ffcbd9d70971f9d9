using Google.Protobuf;

namespace Ledger.Node.Api;

/// <summary>
/// Fills a page up to a number of bytes, so that an answer stays below what one may have whatever its entries hold. The
/// first entry always fits: a call that gives nothing would never end.
/// </summary>
internal sealed class PageRoom
{
    /// <summary>
    /// Bytes of a page: half of what an answer may have, so that one more entry of the largest size fits as well.
    /// </summary>
    private const int BytesMax = ApiLimits.AnswerBytesMax / 2;

    private int taken;

    /// <summary>Whether an entry still fits; if so, its room is taken.</summary>
    public bool Takes(IMessage entry)
    {
        int size = entry.CalculateSize();
        if (taken > 0 && taken + size > BytesMax)
        {
            return false;
        }

        taken += size;
        return true;
    }
}
