//! Messages, pushes and receipts.

use crate::oicq::body::tests::values::{reads, DOWN, UP};
use crate::oicq::body::{events, keep_alive, mail, message, message_blocks, push, system_message};

#[test]
fn messages() {
    reads! {
        message::send, DOWN: "00" => "Reply=0";
        message::send_rich, DOWN: "00" => "Reply=0";
        message::send_rich, DOWN: "00 00" => "Reply=0 ?1";
        message::send_rich, UP: "00bc614e 00002711 00000000 3420 00bc614e 00002711 11*16 000b 0007 44444444 0033 00000001 01 00 0001 01 07" => "From=12345678 To=10001 OptionsLength=0 SenderVersion=13344 From=12345678 To=10001 TransferKey[secret 16] ImType=11 SessionId=7 MessageTime=44444444 Avatar=51 HasFont=1 MessageFragments=1 MessageFragment=0 MessageId=1 ReplyType=1 ?1";
        message::classic, DOWN: "0f5f 00bc614e 00002711 11*16 000b 0007 44444444 0033 00000001 02 00 0001 01 'hi" => "SenderVersion=3935 From=12345678 To=10001 TransferKey[secret 16] ImType=11 SessionId=7 MessageTime=44444444 Avatar=51 HasFont=1 MessageFragments=2 MessageFragment=0 MessageId=1 ReplyType=1 MessageText=hi";
        message::classic, UP: "0f5f 00bc614e 00002711 11*16 000b 0007 44444444 0033 00000001 00*8 02 00 0001 01 'hi" => "SenderVersion=3935 From=12345678 To=10001 TransferKey[secret 16] ImType=11 SessionId=7 MessageTime=44444444 Avatar=51 HasFont=1 ?8 MessageFragments=2 MessageFragment=0 MessageId=1 ReplyType=1 MessageText=hi";
        message::classic, DOWN: "0f5f 00bc614e 00002711 11*16 0035 0007 44444444 0033 00*8 65 01 c000020a 0fa0 0fa1 0a000007 0fa2 201f 'a.txt 1f '4" => "SenderVersion=3935 From=12345678 To=10001 TransferKey[secret 16] ImType=53 SessionId=7 MessageTime=44444444 Avatar=51 ?8 TransferKind=101 TransferMode=1 PeerAddress=192.0.2.10 PeerPort=4000 PeerPort=4001 LocalAddress=10.0.0.7 LocalPort=4002 FileName=a.txt FileSizeText=4";
        message::classic, DOWN: "0f5f 00bc614e 00002711 11*16 0035 0007 44444444 0033 65 03 c000020a 0fa0 0a000007 0fa2 07" => "SenderVersion=3935 From=12345678 To=10001 TransferKey[secret 16] ImType=53 SessionId=7 MessageTime=44444444 Avatar=51 TransferKind=101 TransferMode=3 PeerAddress=192.0.2.10 PeerPort=4000 LocalAddress=10.0.0.7 LocalPort=4002 ?1";
        message::classic, DOWN: "0f5f 00bc614e 00002711 11*16 0099 0007 44444444 0033 65 03" => "SenderVersion=3935 From=12345678 To=10001 TransferKey[secret 16] ImType=153 SessionId=7 MessageTime=44444444 Avatar=51 ?2";
        message::temporary, UP: "01 00002711 00*4 05 'Alice 03 'a.b 01 00*4 0002 'hi" => "SubCommand=1 To=10001 ?4 Nickname=Alice Site=a.b ?5 MessageText=hi";
        message::temporary, DOWN: "01 00002711 00 02 'ok" => "SubCommand=1 To=10001 Reply=0 ReplyText=ok";
    }
}

#[test]
fn system_messages() {
    reads! {
        system_message::pushed: "'2 1f '10001 1f '12345678 1f 'hello" => "SystemType=2 From=10001 To=12345678 SystemText=hello";
        system_message::pushed: "'6 1f '10001 1f '12345678 1f 'hello" => "SystemType=6 From=10001 To=12345678 SystemText=hello";
        system_message::pushed: "'3 1f '10001 1f '12345678 1f 'hello 1f 0002 5454" => "SystemType=3 From=10001 To=12345678 SystemText=hello Ticket[2]";
        system_message::pushed: "'4 1f '10001 1f '12345678 1f 'hello" => "SystemType=4 From=10001 To=12345678 SystemText=hello";
        system_message::pushed: "'40 1f '10001 1f '12345678 1f 01 54 0001 55 07" => "SystemType=40 From=10001 To=12345678 Ticket[1] Ticket[1] ?1";
        system_message::pushed: "'41 1f '10001 1f '12345678 1f 02 'hi 01 0001 55 07" => "SystemType=41 From=10001 To=12345678 SystemText=hi AllowAdd=1 Ticket[1] ?1";
        system_message::pushed: "'43 1f '10001 1f '12345678 1f 02 'hi 01 0001 55 07" => "SystemType=43 From=10001 To=12345678 SystemText=hi ?1 Ticket[1] ?1";
        system_message::pushed: "'1 1f '10001 1f '12345678 1f 07" => "SystemType=1 From=10001 To=12345678 ?1";
        system_message::acknowledged: "'41 1e '10001 1e '11010" => "SystemType=41 From=10001 AcknowledgedSequence=11010";
    }
}

#[test]
fn mail_addresses() {
    reads! {
        mail::request: "01 03 'a@b" => "SubCommand=1 MailAccount=a@b";
        mail::reply: "01 00 00002711" => "SubCommand=1 Reply=0 FriendUin=10001";
    }
}

#[test]
fn keep_alives() {
    reads! {
        keep_alive::classic_request: "'12345678" => "OwnUin=12345678";
        keep_alive::classic_request: "00bc614e" => "OwnUin=12345678";
        keep_alive::classic_request: "00bc614e 44444444" => "OwnUin=12345678 ServerTime=44444444";
        keep_alive::classic_request: "'1234" => "OwnUin=1234";
        keep_alive::classic_reply: "00 000f4240 c000020a 0fa0 003c 44444444 80 00*4" => "Reply=0 OnlineCount=1000000 ClientAddress=192.0.2.10 ClientPort=4000 KeepAliveSeconds=60 ServerTime=44444444 ?5";
        keep_alive::request: "'12345678" => "OwnUin=12345678";
        keep_alive::request: "00010001" => "?4";
    }
}

#[test]
fn acknowledgements() {
    reads! {
        push::acknowledgement: "00002711 00bc614e 00000007 cb007105" => "From=10001 To=12345678 MessageSequence=7 PeerAddress=203.0.113.5";
        push::acknowledgement: "00002711 00002712 00000007 cb007105" => "no";
    }
}

#[test]
fn pushes() {
    reads! {
        events::property: "00002711 40000000 00*16" => "FriendUin=10001 PropertyFlags=1073741824 ?16";
        events::system: "01 05 'hello 07" => "SystemKind=1 SystemText=hello ?1";
        events::signature: "00002711 44444444 02 'hi" => "FriendUin=10001 SignatureTime=44444444 Signature=hi";
        events::custom_avatars: "01 00002711 44444444 99*16" => "Count=1 Friend: FriendUin=10001 ChangeTime=44444444 AvatarHash[16]";
        events::group: "00a8f4e1 01 00002711 0000 0007 44444444 00000001 000c 0001 01 00 0001 00*4 'hi" => "GroupNumber=11072737 GroupType=1 MemberUin=10001 ?2 GroupSequence=7 MessageTime=44444444 GroupVersion=1 ContentType=1 MessageFragments=1 MessageFragment=0 MessageId=1 ?4 MessageText=hi";
        events::group_rich: "00*4 00a8f4e1 01 00002711 0000 0007 44444444 07" => "?4 GroupNumber=11072737 GroupType=1 MemberUin=10001 ?2 GroupSequence=7 MessageTime=44444444 ?1";
        events::group_rich: "00*3 01 00a8f4e1 01 00002711 0000 0007 44444444 07" => "?4 GroupNumber=11072737 GroupType=1 MemberUin=10001 ?2 GroupSequence=7 MessageTime=44444444 ?1";
        events::temporary: "00002711 00*4 05 'Alice 03 'a.b 00 44444444 0002 'hi 07" => "From=10001 ?4 Nickname=Alice Site=a.b ?1 MessageTime=44444444 MessageText=hi ?1";
        events::sms_of_user: "00 00002711 001b 'Alice 00*8 00 'hi" => "?1 From=10001 Avatar=27 Nickname=Alice ?1 MessageText=hi";
        events::sms_of_phone: "00 '5550100 00*13 'hi" => "?1 Phone=5550100 MessageText=hi";
        events::news: "0001 000b 02 'hi 02 'yo 04 'a.bc" => "NewsKind=1 Title=hi MessageText=yo Url=a.bc";
    }
}

#[test]
fn blocks_of_a_message() {
    reads! {
        message_blocks::rich_text: "0708 'MSG 00*5 44444444 00000007 00 010203 09 01 8622 0006 'SimSun 0000 01 0005 01 0002 'hi" => "?2 MessageMark=MSG MessageTime=44444444 MessageRandom=7 Font: ?1 FontColour=#030201 FontSize=9 FontStyle=1 FontCharset=34338 FontPitch=2 FontFamily=32 FontName=SimSun ?2 MessageBlock: MessageBlockType=1 MessageTag: MessageTagType=1 MessageText=hi";
        message_blocks::rich_text: "'MSG 00*5 44444444 00000007 00 010203 09 01 8600 0006 'SimSun 0000" => "MessageMark=MSG MessageTime=44444444 MessageRandom=7 Font: ?1 FontColour=#030201 FontSize=9 FontStyle=1 FontCharset=34304 FontName=SimSun ?2";
        message_blocks::blocks: "01 0005 01 0002 'hi" => "MessageBlock: MessageBlockType=1 MessageTag: MessageTagType=1 MessageText=hi";
        message_blocks::blocks: "01 0010 06 000d 07*7 00002711 0809" => "MessageBlock: MessageBlockType=1 MessageTag: MessageTagType=6 MessageTagValue[7] MentionUin=10001 MessageTagValue[2]";
        message_blocks::blocks: "01 000d 06 000a 07*10" => "MessageBlock: MessageBlockType=1 MessageTag: MessageTagType=6 MessageTagValue[10]";
        message_blocks::blocks: "14 0006 01 0003 01 0708" => "MessageBlock: MessageBlockType=20 MessageTag: MessageTagType=1 XmlCompression=1 MessageXml[2]";
        message_blocks::blocks: "03 0005 02 0002 'hi" => "MessageBlock: MessageBlockType=3 MessageTag: MessageTagType=2 ImageName=hi";
        message_blocks::blocks: "06 0005 02 0002 'hi" => "MessageBlock: MessageBlockType=6 MessageTag: MessageTagType=2 ImageName=hi";
        message_blocks::blocks: "03 0005 0a 0002 0708" => "MessageBlock: MessageBlockType=3 MessageTag: MessageTagType=10 ImageHash[2]";
        message_blocks::blocks: "02 0005 02 0002 0708" => "MessageBlock: MessageBlockType=2 MessageTag: MessageTagType=2 MessageTagValue[2]";
    }
}
