//! Users, searches, keys and the adding of friends.

use crate::oicq::body::codes::KEY_COMMANDS;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::tests::values::{reads, DOWN, UP};
use crate::oicq::body::{account, contacts, sub_command};

#[test]
fn accounts_and_searches() {
    reads! {
        account::update, UP: "'old 1f 'new 1f 'Alice 1f '30 1f" => "Password[secret 3] Password[secret 3] ProfileText=Alice ProfileText=30";
        account::update, UP: "'old 1f 'new" => "no";
        account::update, DOWN: "'12345678 1f" => "OwnUin=12345678";
        account::search, UP: "33 1f '10001 1f" => "SearchKind=51 SearchText=10001";
        account::search, UP: "33 '10001" => "no";
        account::search, DOWN: "00 00*4 1f '10001 1e 'Alice 1e 'Bern 1e '27 1e 1f '10002 1e 'Bob 1e 'Graz 1e '28" => "Reply=0 ?4 Friend: FriendUin=10001 Nickname=Alice Province=Bern Avatar=27 Friend: FriendUin=10002 Nickname=Bob Province=Graz Avatar=28";
        account::details, UP: "'10001" => "FriendUin=10001";
        account::details, DOWN: "'10001 1e 'Alice 1e 'Bern 1e '30" => "FriendUin=10001 Nickname=Alice ProfileText=Bern ProfileText=30";
        account::advanced_search, UP: "01 0002 01 00 1e 01 0003 0004" => "SubCommand=1 Page=2 SearchOnline=1 SearchCamera=0 Age=30 Gender=1 ProvinceNumber=3 CityNumber=4";
        account::advanced_search, DOWN: "01 00 0002 00002711 01 001e 01 05 'Alice 0003 0004 0005 00" => "SubCommand=1 Reply=0 Page=2 Friend: FriendUin=10001 Gender=1 Age=30 SearchOnline=1 Nickname=Alice ProvinceNumber=3 CityNumber=4 Avatar=5 ?1";
        account::privacy, UP: "03 01" => "SubCommand=3 SubAction=1";
        account::privacy, DOWN: "03 01 00" => "SubCommand=3 SubAction=1 Reply=0";
        account::keys, UP: "33 0001 0003 'a.b" => "SubCommand=51 Count=1 Domain=a.b";
        account::keys, UP: "33 0001 0003 'a.b 00" => "no";
        account::keys, UP: "04 0102" => "SubCommand=4 ?2";
        account::keys, DOWN: "04 00 11*16 00*12 02 5454 07" => "SubCommand=4 Reply=0 FileAgentKey[secret 16] ?12 Ticket[2] ?1";
        account::keys, DOWN: "11 00 11*32 07" => "SubCommand=17 Reply=0 ClientKey[secret 32] ?1";
        account::keys, DOWN: "33 00 0000 11*10" => "SubCommand=51 Reply=0 ?2 WebKey[secret 10]";
        account::keys, DOWN: "05 01 07" => "SubCommand=5 Reply=1 ?1";
        account::sms, UP: "0007 00*6 'Alice 00*8 00 20 00 00000001 00 01 '5550100 00*11 00*3 01 00002711 00 0002 'hi" => "SmsSequence=7 ?6 Nickname=Alice ?1 SmsMode=32 SmsType=0 SmsNumber=1 ?1 Count=1 Phone=5550100 ?3 Count=1 To=10001 ?1 MessageText=hi";
        account::sms, DOWN: "0007" => "?2";
        account::weather, UP: "01 c000020a 0fa0" => "SubCommand=1 ClientAddress=192.0.2.10 ClientPort=4000";
        account::weather, DOWN: "01 00 02 'BE 04 'Bern 0000 04 'Thun 01 44444444 03 'sun 04 'west 0005 0014 00 03 'hot" => "SubCommand=1 Reply=0 Province=BE City=Bern ?2 City=Thun Count=1 Forecast: ForecastTime=44444444 Weather=sun Wind=west LowTemperature=5 HighTemperature=20 ?1 WeatherHint=hot";
        account::account_states: "01 00bc614e 02 00002711 00002712" => "SubCommand=1 OwnUin=12345678 Count=2 FriendUin=10001 FriendUin=10002";
        account::account_states: "01 00bc614e 01 00002711 00" => "no";
        account::protobuf: "00000002 00000007 0801 0a05 'hello" => "ProtobufHeadLength=2 ProtobufBodyLength=7 ProtobufHead[2] ProtobufField: ProtobufNumber=1 ProtobufWireType=0 ProtobufInteger=1 ProtobufBody[7] ProtobufField: ProtobufNumber=1 ProtobufWireType=2 ProtobufText=hello";
        account::sub_and_number: "01 00bc614e 0203" => "SubCommand=1 OwnUin=12345678 ?2";
    }
}

#[test]
fn adding_and_authorising() {
    reads! {
        contacts::add, UP: "'10001" => "FriendUin=10001";
        contacts::add, DOWN: "'10001 1f '0" => "FriendUin=10001 Reply=0";
        contacts::add, DOWN: "'10001 1f" => "FriendUin=10001";
        contacts::remove, UP: "'10001" => "FriendUin=10001";
        contacts::remove, UP: "00002711" => "?4";
        contacts::remove, DOWN: "00" => "Reply=0";
        contacts::authorise_old, UP: "'10001 1f '0 1f 'hello" => "FriendUin=10001 SubAction=48 AuthText=hello";
        contacts::authorise_old, UP: "'10001 1f '2 'hello" => "FriendUin=10001 SubAction=50 AuthText=hello";
        contacts::authorise_old, DOWN: "'0" => "Reply=48";
        contacts::remove_self, UP: "00002711" => "FriendUin=10001";
        contacts::remove_self, DOWN: "00" => "Reply=0";
        contacts::ask, UP: "00002711" => "FriendUin=10001";
        contacts::ask, DOWN: "00002711 00 01" => "FriendUin=10001 Reply=0 AuthCondition=1";
        contacts::ask, DOWN: "00002711 55 01" => "no";
        contacts::authorise, UP: "02 00002711 0000 0002 5454 01 00 05 'hello" => "SubCommand=2 FriendUin=10001 ?2 Ticket[2] AllowAdd=1 Folder=0 AuthText=hello";
        contacts::authorise, UP: "02 00002711 0000 0002 5454 01 00" => "SubCommand=2 FriendUin=10001 ?2 Ticket[2] AllowAdd=1 Folder=0";
        contacts::authorise, UP: "10 00002711 0000 0002 5454 0001 55 01 00" => "SubCommand=16 FriendUin=10001 ?2 Ticket[2] Ticket[1] AllowAdd=1 Folder=0";
        contacts::authorise, UP: "03 00002711 0000 02 'no" => "SubCommand=3 FriendUin=10001 ?2 AuthText=no";
        contacts::authorise, UP: "05 00002711 0000 02 'no" => "SubCommand=5 FriendUin=10001 ?2 AuthText=no";
        contacts::authorise, UP: "04 00002711 0000" => "SubCommand=4 FriendUin=10001 ?2";
        contacts::authorise, DOWN: "02 00002711 00" => "SubCommand=2 FriendUin=10001 Reply=0";
        contacts::token, UP: "01 0006 00002711 07" => "SubCommand=1 TokenPurpose=6 FriendUin=10001 ?1";
        contacts::token, UP: "02 0006 00002711 0004 'ABCD 0002 5454" => "SubCommand=2 TokenPurpose=6 FriendUin=10001 CaptchaCode=ABCD CaptchaToken[2]";
        contacts::token, DOWN: "01 0006 01 0003 'a.b" => "SubCommand=1 TokenPurpose=6 Reply=1 Url=a.b";
        contacts::token, DOWN: "01 0006 00 0002 5454 07" => "SubCommand=1 TokenPurpose=6 Reply=0 Ticket[2] ?1";
        contacts::question, UP: "03 0000 00002711" => "SubCommand=3 ?2 FriendUin=10001";
        contacts::question, UP: "04 0000 00002711 03 'yes" => "SubCommand=4 ?2 FriendUin=10001 Answer=yes";
        contacts::question, DOWN: "03 0000 00 03 'who" => "SubCommand=3 ?2 Reply=0 Question=who";
        contacts::question, DOWN: "04 0000 00 0002 5454" => "SubCommand=4 ?2 Reply=0 Ticket[2]";
        contacts::question, DOWN: "01 00" => "SubCommand=1 ?1";
        contacts::prepare: "00*28 54*24 07" => "?28 Ticket[24] ?1";
        contacts::prepare: "00*28 54*23" => "?51";
    }
}

fn key_command(r: &mut Reader<'_>) -> ReadResult {
    sub_command::named_sub_command(r, &KEY_COMMANDS)
}

#[test]
fn sub_commands() {
    reads! {
        sub_command::sub_command: "07 0102" => "SubCommand=7 ?2";
        key_command: "11 0102" => "SubCommand=17 ?2";
        key_command: "" => "no";
        sub_command::key_reply: "11 0102" => "SubCommand=17 KeyBytes[2]";
    }
}
