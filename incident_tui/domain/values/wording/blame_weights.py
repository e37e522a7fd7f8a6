"""What words weigh towards blame; made by `python -m tests.support.word_weights`."""

BAR = 3
"""A sentence leans to blame beyond it."""
WEIGHTS = {
    -39: """
xnum
""",
    -28: """
^_the
""",
    -26: """
no
""",
    -21: """
at_xnum
""",
    -19: """
has
""",
    -18: """
becaus_the pag two xnum_$
""",
    -16: """
to_the
""",
    -15: """
as from its restart
""",
    -14: """
acces and_the pod servic that
""",
    -13: """
, as_the had old one tim
""",
    -12: """
a for found found_the of_the sam the_old the_sam xrol_and
""",
    -11: """
at becaus has_no host lock nam which
""",
    -10: """
acces_to account alert dashboard default doe_not in report the_second xnam_ask
""",
    -9: """
,_so ; channel doe get imag limit list minut only open queu runbook show shown the_broken was_pag
within
""",
    -8: """
:_the both get_the if_the is is_not over reach replica rol run saw second thre xnam_wrot
""",
    -7: """
;_the ^_what and_xnam ask ask_the broken cannot cluster could_not empty every four hav_the is_xrol
key lag loop restart_the return see tim_the told tool version wel wher xnam_found xnam_notic
""",
    -6: """
,_sinc : ^_xrol after are bot client confirm escalation expir fil fiv laptop link maintenanc
no_acces nod of open_$ order phon reach_the region request saw_the second_$ see_the servic_$
show_the sinc_the the_canary the_default the_lock the_runbook the_tool was_xrol went_to what_mad
xnam_rol xrol_follow
""",
    -5: """
,_as ,_wher ,_which ^_two a_failover a_read after_the agre agre_with and as_agre back_by befor_the
broker canary directory field filter fir for_the from_the from_xnum gateway generat green had_rol
hid in_the is_shown label library mad_the mail mainfram march member member_of new nobody_was
not_reach not_told number on_, one_to pager parser path permission ran read_replica resolv restor
restor_the retry right_one rota rout s session start step storm templat that_the the_broker
the_check the_client the_mainfram the_maintenanc the_new the_parser the_retry the_tim to_a to_it
to_xnum told_of visibl vpn was_down when_the who_know xnam_read xnam_restart xnum_and xnum_to
xrol_had xrol_has xrol_pod xrol_servic zon
""",
    -4: """
,_and :_it ^_noth ^_xnam alert_had an_alert and_lag befor_they bil_servic broken_pod broker_$
by_the calendar cannot_see consol consumer_xrol dashboard_show dat day_$ decid_to each exist
exist_$ export export_drop find first fix flag_on for_a format giv got_no graph had_no had_set
had_to header held host_look in_one its_own join keep_the know_the lag_start lik_the lin_$ link_to
linter log look_lik march_$ merg_the nam_$ next night_$ no_alert not_get not_hav not_see notic nul
of_a only_to own own_the permission_to pipelin pod_$ pod_restart quota_befor region_$ replica_$
right rotation scheduler second_pag shown_only ten that_was the_bot the_channel the_cluster
the_flag the_job the_key the_linter the_loop the_namespac the_nod the_pager the_permission the_queu
the_right the_scheduler the_sync the_templat the_vault they_deploy tim_out to_fal to_find to_member
to_restart use used v v_xnum vault who_found wrong_host wrot_down xnam_and xnam_ran
xnamha_dashboard xrol_? xrol_cannot xrol_export xrol_for xrol_s xrol_test
""",
    -3: """
,_becaus ,_the ^_error ^_thre a_dif a_lock accept acces_had addres addres_$ against_a age age_$
alert_: alert_link alert_on all_test alon alon_from an_expir and_all and_had and_two another_server
any app approv_by archiv archiv_$ are_not at_fiv audit audit_log autoscaler averag averag_over
backup_bucket backup_in bas bas_imag be_approv been befor board board_was branch breaker
broken_graph budget by by_its by_phon by_region by_scal cal_xnam centr chang_can chang_pas
chang_with channel_inform check_; check_do clos cluster_$ command connection consol_hid consumer
controller correct correct_$ cover cron dashboard_averag dashboard_becaus data_centr day decid
declar declar_by depend depend_on did_wel dif_of different driver error_rat every_ten
expir_overnight extend extend_$ failover_step failur_$ fal fal_$ fault_injection filter_by
fiv_percent flag' flag'_stat for_half form format_was four_tim from_monday gap gateway_$ global
global_$ graph_first green_check had_a had_been had_expir had_never halt halt_the has_one has_retir
has_to hav_an hav_no he_deploy hid_it imag_$ impact impact_correct in_an in_order in_twenty
index_exist inform inform_every injection instanc is_filter is_no it_is job join_the judg judg_the
keep laptop_resolv larger leader left_the letter letter_$ link_was lock_$ lock_on loop_of
mainfram_$ mainfram_has maintenanc_$ may messag monday nam_through namespac_could network never_saw
new_bas night no_channel no_xrol not_say not_visibl noth noth_told now_$ number_in of_production
of_restart of_xnum ok on_queu on_sunday on_their only_one only_their order_$ out_$ out_which
overnight overnight_, own_xrol owner pag_at parser_befor pas pas_review path_$ pattern peopl_could
percent percent_$ policy print product product_xrol production proxy queu_age queu_was rat reject
report_that requir resolv_the restart_by restart_twic retir retir_$ retri retry_storm return_noth
review review_and rol_back rollout_at rota_had run_wher runbook_, runbook_to s_laptop scal_to
schedul schema search search_return server server_$ servic_tim she_cal shop shop_open sinc so_she
split stag stag_dashboard stal start_to stat stat_was stay step_in stop stop_the stor storm_$ tak
that_search the_audit the_autoscaler the_consol the_consumer the_directory the_error the_escalation
the_flag' the_format the_impact the_index the_label the_letter the_link the_mail the_pattern
the_pipelin the_plan the_pod the_product the_proxy the_query the_restart the_rotation the_schema
the_shop the_stag the_wiki through_another titl titl_$ to_halt to_keep told_that tool_was two_xrol
under until_the updat updat_$ use_the used_the version_run view visibl_to wait wait_for warn_becaus
was_declar was_extend was_global was_hard was_look was_remov we_did wel_to wer_lost wher_$ whether
which_the which_version who_is who_judg whos wiki with_green with_the work_from xnam_at
xnam_confirm xnam_merg xnam_open xnam_report xnam_wait xnam_when xnamha_acces xnamha_deploy
xrol_alon xrol_chang xrol_decid xrol_get xrol_hav xrol_is xrol_laptop xrol_own xrol_restor
xrol_rotation zero zero_$ zon_$
""",
    -2: """
^_fault a_conflict a_dataset a_ful account_had and_no as_soon befor_any between_the bridg budget_is
build_against by_a can chang_thre chart chat_at client_library command_exact compar config_stor
conflict conflict_$ cut_off dataset dataset_without deploy_brok differ dur_failover each_month
entry evict exact exact_as expir_token failover failover_of flat from_thre ful_disk given
graph_turn header_$ host_$ hostnam_resolv hotfix hotfix_and id_from in_may in_minut it_dur it_in
job_as kernel larger_instanc launch_dat load_test loop_ran lost_when memory never_rehears
not_protect nul_addres order_of over_two pod_was primary_becaus prob prompt protect query_on
ran_into reconcil reconcil_loop region_, rehears rehears_a remov_in renewal replica'
replica'_hostnam request_$ resolv_to return_xnum review_it rollout room_and rout_of runbook_told
s_reconcil scal scheduler_ignor see_only set_$ shar_one soon_as split_over stor_$ sync_to tag tag_$
than the_board the_breaker the_bridg the_cal the_form the_hotfix the_id the_kernel the_leak
the_limit the_nam the_policy the_replica' the_rollout the_step them thi_databas thre_chat
thre_servic thre_tim ticket_, ticket_wer tim_in token token_caus turn_$ two_chat two_minut
two_peopl two_room unit unreachabl upstream was_archiv was_cut was_evict was_on was_split we_found
wher_it whoever_is wiki_giv window within_two without_nul writ_$ wrong_zon xnam_review xnam_stop
xnam_used xnamha_ticket xnum_of xrol_account xrol_could xrol_work
""",
    2: """
,_another ,_misconfigur ,_surpris ^_any ^_anybody ^_careles ^_courtesy ^_everyon ^_infra ^_noon
^_she ^_surpris a_friday a_week adult adult_was against allow_list and_ran another_lost as_xnam
at_fault backend_sinc been_pay both_at both_nod but_xnam by_tom by_xnamha can_one careles_chang
caus_is competent complaint copi dark_$ did_noth disciplin_in ever_car fault_, fault_for for_not
forget_the friend friend_in from_xrol fumbl fumbl_the had_ever had_listen had_one how_can hurry_$
hurry_as ignoranc ignoranc_of in_network inattentiv inflict inflict_by infra_drop is_shar
its_backend lead_had lesson lost_sunday mis_index monitor_$ nam_rul need_to neglect_to no_adult
noon_had not_sync of_our one_forget our_friend out pipelin_was reboot rollback_was rush_it self
self_inflict servic_was setting_$ shift_$ shortcut sinc_nobody sloppines_with slow_as surpris
surpris_, switch_on sync_befor terraform_plan test_to the_allow the_config the_dashboard the_lost
the_main they_set think_when to_test to_try told_twic took_down try_a typ_the useles useles_sinc
valid_and was_doing was_self was_slow was_switch was_too was_useles was_valid was_watch watch_when
what_the when_it when_they who_brok would_not wrong_flag wrong_hostnam wrot_thi xnam_fumbl
xnam_misread xnamha_negligenc xnamha_sloppines xrol_overlook
""",
    3: """
,_a ,_we'd ^_amateurish ^_as ^_fat ^_how ^_incompetent ^_it' ^_lack ^_negligenc ^_poor ^_sloppy
^_we a_bit a_careles a_failur a_lack a_second a_sev a_smal acknowledg_the acros acros_region
admin_tri admin_was against_better alert_for alert_twic although amateurish_setup an_hour and_chair
and_past and_restart and_so anybody_with anyon_read anyway anyway_$ around array backup_was bad
bal_$ balancer better_knowledg between_keyboard blip blip_into blunder cach_expir car_enough
careles_copy chair chair_$ chang_of check check_$ checklist_$ clear_was command_$ complaint_for
concentrat copi_the copy_and corner could_hav could_see cut_corner dark depth depth_$ dev_who dif_$
everyon expir_at eye_could factor fail failover_$ failur_to fault_lie finish firewal_rul
first_complaint first_plac for_twenty for_xnum forget forgot_to good good_$ got_an guilty gut
gut_to had_onc handl handl_of has_mad hav_happen hav_known hav_rol heard heard_of his_depth
his_luck human_error if ignor_two in_that inattention incompetent_handl index_$ insist instead_of
is_tom is_why it' judgement_by judgement_turn just keyboard keyboard_and knowledg knowledg_$ last
last_xnum lin_dif listen_$ load_balancer long look_$ look_good lost luck luck_$ lunch mad_a
mad_without manager manager_want misconfigur misread misremember misremember_the mistak_$ mistak_in
monitor mor_ignor must negligenc_on never_heard nginx night_xrol no_idea no_patienc nobody_had
not_$ not_be not_concentrat not_think number_and of_disciplin of_his of_unicod of_xnam on on_shift
on_xnam on_xnamha origin ought ought_to outag_courtesy overconfident pag_befor panick_$
parser_never part_$ past_$ patienc_$ platform platform_xrol problem_is proces proces_$ push_through
read_it reckles renew_the responsibility responsibility_for restor_$ rot rot_$ runbook_step
s_incompetenc screw security setup setup_of sev sev_xnum shar_acros should_hav should_not sign sit
skip skip_the slept_through slip slip_through sloppines_in sloppy_work smal smal_blip snooz
snooz_the somebody_clear someon_was stamp_a support_hid terraform test_$ the_cach the_chang
the_checklist the_dark the_day the_ful the_gut the_manager the_mis the_origin the_platform
the_problem the_red the_root the_script the_statu the_tracker the_vendor' the_yaml they_should'v
thi_would thing through_against ticket_rot to_$ to_check to_follow to_hav to_read to_renew to_rotat
took took_us touch tracker tracker_let tri tri_his try two_pag typo unicod unicod_$ us_so usual_,
vendor' want_number want_to was_careles was_flip was_push we'd we'd_hav week_$ went when_edit
which_is why why_it with_eye without without_read xnam_brok xnam_dur xnam_is xnam_last xnam_mes
xnam_misremember xnam_neglect xnam_not xnam_ought xnam_panick xnam_push xnam_should'v xnamha_mistak
xnamha_part xnamha_poor xrol_alway xrol_from xrol_insist xrol_lost xrol_never xrol_on xrol_ran
xrol_responsibl xrol_sign xrol_snooz xrol_took xrol_xrol
""",
    4: """
,_in ,_recovery ,_we :_one ^_an ^_not ^_whoever alway alway_say amateurish an_outag and_did and_sav
and_sinc anybody as_so as_usual asleep_at at_peak attributabl attributabl_to avoidabl bal
balancer_$ bit blam blam_for blind busines careles_with carelessnes caus_was com_lead complacent
config_was delet_the deploy_was did_not disciplin do doing don_his down drag_on dur error_$ fat
fat_finger fault fault_$ finger_the firewal flip flip_$ forty forty_minut friday ful_traffic got
grown grown_up had_look had_xnam hand_$ happen her_$ his_homework homework homework_on how idea
impatienc impatienc_$ incident_is incompetenc individual individual_who inexperienc_operator
instead is_attributabl is_that is_to is_xnamha it_$ it_was knew lead_forgot lead_play let_it lie
lie_with listen long_to mad middl middl_of misconfigur_the neglect new_tool no_$ no_grown not_don
not_know off_the often often_with on_until onc_mor one_job operator_restart origin_got outag_was
overlook panick_and part patienc peak peak_tim pebkac_, peopl_ignor pres primary_at read read_the
recovery recovery_drag red responsibl review_$ rooki_error room_when root root_caus rush_the
s_impatienc sat_on sav_us say_no should'v_known sinc_xnam slept so_long so_often support the_admin
the_bal the_com the_failover the_firewal the_individual the_lead the_middl the_peopl the_releas
the_room the_timeout the_usual the_wheel the_whol thi_had thi_was timeout_to to_ask tool_$ tool_,
turn turn_a up_was us_$ us_forty warn was_asleep was_avoidabl was_xnamha we_wer wheel whol
without_think xnam_could xrol_kept xrol_rubber xrol_should xrol_was
""",
    5: """
,_honest ^_had ^_it a_rooki admin again alert_was an_inexperienc asleep attention_$ botch_$
busines_in clu_$ config down_, drag dur_the duty enough_to eye fail_to graph_$ had_their he_was
honest honest_$ human_mistak ignor_by known known_that lack_of look_at mes_up namespac_$ no_busines
not_bother not_read on_duty overlook_the pant pant_down peopl_on real_problem rooki rubber
rubber_stamp sat sav she sloppines stamp that_namespac the_bucket the_certificat the_dev the_graph
the_real their_pant think_$ thought tim_$ to_blam too vendor'_xrol vendor_had was_botch was_ignor
was_in was_mad xnam_forgot xnam_should xnum_minut xnum_the xrol_ignor xrol_panick
""",
    6: """
^_nobody ^_pebkac ^_someon a_hurry about_the again_$ back_at becaus_he better botch com courtesy
courtesy_of dev finger hurry if_only if_xnam ignor_the judgement lazy look mes mor no_clu our
panick pay pay_attention pebkac play poor_judgement push script_$ the_support their to_look tom_$
want was_a whoever xnam_$ xrol_did xrol_fail xrol_wer
""",
    7: """
^_human ^_somebody ^_they anyon backup_$ be becaus_xnam caus chang_was clear clu don edit forgot
human incompetent inexperienc it job_$ lack negligenc poor real rush should'v sloppy the_deploy
the_outag the_wrong they through to tom up_the who_wrot xnamha_fault
""",
    8: """
car did enough for_an had_not hav let_the usual who would
""",
    9: """
about at_the check_the her nobody outag problem someon think xnam_,
""",
    10: """
bother_to by_xnam lead let somebody xrol_$
""",
    11: """
attention ignor should we wrong
""",
    12: """
bother careles he mistak
""",
    13: """
us
""",
    14: """
peopl
""",
    15: """
up
""",
    16: """
his
""",
    19: """
thi
""",
    20: """
xnamha
""",
    26: """
the_xrol
""",
    36: """
xrol
""",
    41: """
xnam
""",
}
