using Ledger.Node.Box;
using Ledger.Node.Tests.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>A request is taken once, soon, and not again after a restart.</summary>
public sealed class BoxRequestMemoryTests
{
    private static readonly Address Reader = new([.. Enumerable.Repeat((byte)1, Address.Size)]);
    private static readonly Address Other = new([.. Enumerable.Repeat((byte)2, Address.Size)]);

    private StoreFolder files = null!;
    private RequestMarks marks = null!;
    private BoxRequestMemory memory = null!;

    private ManualClock Clock => files.Clock;

    private long Now => Clock.Now.ToUnixTimeMilliseconds();

    [SetUp]
    public void Begin()
    {
        files = new StoreFolder();
        Start();
    }

    [TearDown]
    public void End()
    {
        marks.Dispose();
        files.Dispose();
    }

    [Test]
    public void A_request_is_taken_once()
    {
        Assert.That(memory.Take(Reader, Random(1), Now), Is.EqualTo(RequestTaking.Taken));
        Assert.That(memory.Take(Reader, Random(1), Now), Is.EqualTo(RequestTaking.Before));
        Assert.That(memory.Take(Reader, Random(2), Now), Is.EqualTo(RequestTaking.Taken));
    }

    [TestCase(0, RequestTaking.Taken)]
    [TestCase(BoxRequestMemory.WindowMs, RequestTaking.Taken)]
    [TestCase(-BoxRequestMemory.WindowMs, RequestTaking.Taken)]
    [TestCase(BoxRequestMemory.WindowMs + 1, RequestTaking.NotNow)]
    [TestCase(-BoxRequestMemory.WindowMs - 1, RequestTaking.NotNow)]
    [TestCase(long.MaxValue / 2, RequestTaking.NotNow)]
    public void A_request_is_taken_within_a_minute_of_the_boxs_clock(long off, RequestTaking taken) =>
        Assert.That(memory.Take(Reader, Random(1), Now + off), Is.EqualTo(taken));

    [Test]
    public void A_request_dated_ahead_is_not_taken_again_while_its_date_is_still_good()
    {
        long ahead = Now + BoxRequestMemory.WindowMs;
        memory.Take(Reader, Random(1), ahead);

        Clock.Now += TimeSpan.FromMilliseconds(2 * BoxRequestMemory.WindowMs);

        Assert.That(memory.Take(Reader, Random(1), ahead), Is.EqualTo(RequestTaking.Before));
    }

    [TestCase(0)]
    [TestCase(15)]
    [TestCase(17)]
    public void A_random_of_another_length_is_no_request(int length) =>
        Assert.That(memory.Take(Reader, new byte[length], Now), Is.EqualTo(RequestTaking.NotNow));

    [Test]
    public void A_reader_who_asks_too_much_closes_the_box_for_itself_alone_and_is_told_so()
    {
        for (int request = 0; request < BoxRequestMemory.RememberedOfReaderMax; request++)
        {
            memory.Take(Reader, [.. BitConverter.GetBytes(request), .. new byte[12]], Now);
        }

        Assert.That(memory.Take(Reader, Random(1), Now), Is.EqualTo(RequestTaking.Full));
        Assert.That(
            memory.Take(Reader, new byte[16], Now), Is.EqualTo(RequestTaking.Before), "What was taken is told first.");
        Assert.That(memory.Take(Other, Random(1), Now), Is.EqualTo(RequestTaking.Taken));
        Clock.Now += TimeSpan.FromMilliseconds((2 * BoxRequestMemory.WindowMs) + 1);
        Assert.That(memory.Take(Reader, Random(1), Now), Is.EqualTo(RequestTaking.Taken));
    }

    [Test]
    public void After_a_restart_nothing_that_may_have_been_taken_is_taken_again()
    {
        long[] dates = [Now - BoxRequestMemory.WindowMs, Now, Now + 30_000, Now + BoxRequestMemory.WindowMs];
        for (byte number = 0; number < dates.Length; number++)
        {
            Assert.That(memory.Take(Reader, Random(number), dates[number]), Is.EqualTo(RequestTaking.Taken));
        }

        Start();
        for (byte number = 0; number < dates.Length; number++)
        {
            Assert.That(memory.Take(Reader, Random(number), dates[number]), Is.EqualTo(RequestTaking.PerhapsBefore));
        }

        Assert.That(memory.Take(Other, Random(1), Now), Is.EqualTo(RequestTaking.Taken), "Others do not wait for it.");
        Clock.Now += TimeSpan.FromMilliseconds(BoxRequestMemory.WindowMs + BoxRequestMemory.MarkStepMs + 1);
        Assert.That(memory.Take(Reader, Random(9), Now), Is.EqualTo(RequestTaking.Taken));
    }

    [Test]
    public void A_reader_with_a_right_clock_waits_a_second_after_a_restart()
    {
        memory.Take(Reader, Random(1), Now);
        Start();
        Clock.Now += TimeSpan.FromMilliseconds(BoxRequestMemory.MarkStepMs + 1);
        Assert.That(memory.Take(Reader, Random(2), Now), Is.EqualTo(RequestTaking.Taken));
        Start();
        Assert.That(memory.Take(Reader, Random(2), Now), Is.EqualTo(RequestTaking.PerhapsBefore), "a second restart");
    }

    private void Start()
    {
        marks?.Dispose();
        marks = new RequestMarks(Path.ChangeExtension(files.File, "requests"));
        memory = new BoxRequestMemory(marks, Clock);
    }

    private static byte[] Random(byte fill) => [.. Enumerable.Repeat(fill, 16)];
}
