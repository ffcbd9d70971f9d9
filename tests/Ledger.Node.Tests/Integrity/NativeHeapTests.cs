using System.Runtime.InteropServices;
using Ledger.Node.Storage;

namespace Ledger.Node.Tests.Integrity;

public sealed class NativeHeapTests
{
    private const int Blocks = 200_000;
    private const int BlockBytes = 1000;

    private const int LargeBlocks = 100;
    private const int LargeBytes = 1024 * 1024;
    private const int PageBytes = 4096;

    /// <summary>A block of this size, once freed, makes the library keep all that are not larger.</summary>
    private const int LargestBytes = 16 * 1024 * 1024;

    /// <summary>One of so many is kept, so that nothing can be given back from the heap's end.</summary>
    private const int KeptEach = 100;

    [Test]
    public void Pages_between_what_is_still_used_are_given_back()
    {
        Assume.That(NativeLibrary.TryLoad("libc.so.6", out _), "a system with GNU's C library");
        nint[] blocks = new nint[Blocks];
        for (int block = 0; block < Blocks; block++)
        {
            blocks[block] = Marshal.AllocHGlobal(BlockBytes);
            Marshal.WriteByte(blocks[block], 1);
        }

        for (int block = 0; block < Blocks; block++)
        {
            if (block % KeptEach != 0)
            {
                Marshal.FreeHGlobal(blocks[block]);
            }
        }

        long before = Environment.WorkingSet;
        NativeHeap.GiveBack();
        long after = Environment.WorkingSet;
        for (int block = 0; block < Blocks; block += KeptEach)
        {
            Marshal.FreeHGlobal(blocks[block]);
        }

        Assert.That(before - after, Is.GreaterThan(Blocks * BlockBytes / 2));
    }

    [Test]
    public void A_large_block_goes_back_when_it_is_freed_whatever_was_freed_before()
    {
        Assume.That(NativeLibrary.TryLoad("libc.so.6", out _), "a system with GNU's C library");
        NativeHeap.KeepLargeBlocksApart();
        Marshal.FreeHGlobal(Marshal.AllocHGlobal(LargestBytes));
        nint[] large = new nint[LargeBlocks];
        nint[] small = new nint[LargeBlocks];
        for (int block = 0; block < LargeBlocks; block++)
        {
            large[block] = Marshal.AllocHGlobal(LargeBytes);
            small[block] = Marshal.AllocHGlobal(BlockBytes);
            Touch(large[block]);
        }

        long before = Environment.WorkingSet;
        Array.ForEach(large, Marshal.FreeHGlobal);
        long after = Environment.WorkingSet;
        Array.ForEach(small, Marshal.FreeHGlobal);
        Assert.That(before - after, Is.GreaterThan((long)LargeBlocks * LargeBytes / 2));
    }

    private static void Touch(nint block)
    {
        for (int place = 0; place < LargeBytes; place += PageBytes)
        {
            Marshal.WriteByte(block, place, 1);
        }
    }
}
